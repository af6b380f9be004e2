-- Statutory workdays as they were entered: for halls that come later; each hall has its own copy in
-- its journal.
create table calendar (
    year       bigint not null primary key,
    content    text   not null,
    entered_at bigint not null
);

-- What devices said last. Not a fact of any hall: waking and loss are, and stand in its journal.
create table device (
    hall    text   not null,
    id      text   not null,
    kind    text   not null,
    label   text,
    seen_at bigint not null,
    said    text   not null,
    primary key (hall, id)
);
