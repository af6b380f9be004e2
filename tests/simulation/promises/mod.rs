//! Everything a hall promises, one function each. A family a file; the letters are those of the
//! list of invariants.

mod call;
mod completion;
mod issue;
mod journal;
mod post;
mod time;
mod views;

use std::fmt::{self, Debug};

use crate::day::World;
use crate::journal::Row;
use crate::witness::Witness;

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) promise: &'static str,
    pub(crate) what: String,
}

impl Broken {
    pub(crate) fn new(promise: &'static str, what: impl Debug) -> Self {
        Self {
            promise,
            what: format!("{what:?}"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.promise, self.what)
    }
}

pub(crate) type Kept = Result<(), Broken>;

/// Asked of every fact before it is taken in.
pub(crate) fn of_a_fact(witness: &Witness, row: &Row) -> Kept {
    issue::a_number_is_given_once_a_day(witness, row)?;
    issue::one_key_is_one_change(witness, row)?;
    issue::one_person_has_one_open_number_for_a_service(witness, row)?;
    issue::what_is_known_of_paper_only_grows(witness, row)?;
    post::no_ticket_ends_without_a_person(row)?;
    post::facts_of_the_clock_move_no_ticket(row)?;
    post::a_cover_drops_nobody(row)?;
    post::no_window_is_called_to_while_paused(witness, row)?;
    post::a_pause_ends_by_a_person(witness, row)?;
    post::what_is_lent_is_called_for_as_the_plan_allows(witness, row)?;
    post::a_tide_is_accepted_and_lets_the_window_rest(witness, row)?;
    call::a_ticket_moves_only_along_its_arrows(witness, row)?;
    call::who_is_called_is_who_is_next(witness, row)?;
    call::nobody_is_overtaken_by_more_than_the_head_start(witness, row)?;
    call::a_recall_counts_on_at_the_same_window(witness, row)?;
    completion::every_fact_has_its_command(row)?;
    completion::a_settled_day_is_left_alone(witness, row)?;
    completion::a_day_settles_with_nobody_left(witness, row)?;
    time::no_length_is_negative(row)
}

/// Asked after every step.
pub(crate) fn of_a_step(world: &World) -> Kept {
    journal::rows_run_without_a_gap(world)?;
    journal::answers_and_boards_are_on_disk(world)?;
    issue::an_answered_number_is_never_lost(world)?;
    issue::every_paper_has_its_record_from_before(world)?;
    issue::copies_carry_one_number(world)?;
    call::a_window_and_its_ticket_know_each_other(world)?;
    call::the_board_keeps_every_call(world)?;
    completion::every_ticket_stands_where_the_facts_put_it(world)?;
    completion::every_number_is_accounted_for(world)?;
    post::nobody_is_at_two_posts(world)?;
    post::one_clerk_has_one_visitor(world)?;
    post::a_gap_is_open_while_people_wait_and_nobody_is_there(world)?;
    time::a_ticket_keeps_its_day(world)
}

/// Asked every few steps: making every view is slow.
pub(crate) fn of_the_views(world: &World) -> Kept {
    views::the_queues_hold_everyone_who_waits(world)?;
    views::the_manager_sees_everyone_left(world)?;
    views::windows_named_for_a_ticket_may_call_it(world)?;
    views::the_board_names_nobody(world)?;
    post::a_and_b_never_both_hold_a_post(world)?;
    post::alerts_agree_with_the_facts(world)
}

/// Asked after every tick.
pub(crate) fn of_a_tick(world: &World) -> Kept {
    views::a_tick_leaves_nothing_due(world)
}

/// Asked now and then, since it reads the journal from the start.
pub(crate) fn of_a_replay(world: &World) -> Kept {
    journal::replay_gives_the_same_hall(world)?;
    journal::a_fact_reads_back_as_written(world)
}
