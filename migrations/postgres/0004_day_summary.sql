-- What a hall day came to: derived from the journal, so it may be deleted at any time, and is made
-- again when it is missing or of older definitions. `totals` is small, `detail` is everything.
create table day_summary (
    hall     text    not null,
    day      text    not null,
    version  bigint not null,
    head_seq bigint not null,
    totals   text    not null,
    detail   text    not null
);

create unique index day_summary_hall on day_summary (hall, day);
create index day_summary_day on day_summary (day);

-- The plan in force at a moment, without a walk through the journal.
create index journal_plan on journal (hall, seq) where kind = 'plan_published';
