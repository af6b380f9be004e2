-- Statutory workdays as they were entered: for halls that come later; each hall has its own copy in
-- its journal.
create table calendar (
    year       integer not null primary key,
    content    text    not null,
    entered_at integer not null
) strict, without rowid;

-- What devices said last. Not a fact of any hall: waking and loss are, and stand in its journal.
create table device (
    hall    text    not null,
    id      text    not null,
    kind    text    not null,
    label   text,
    seen_at integer not null,
    said    text    not null,
    primary key (hall, id)
) strict, without rowid;
