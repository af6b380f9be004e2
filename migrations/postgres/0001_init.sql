-- The journal: append-only, one stream a hall. Memory is a fold of it.
create table journal (
    hall      text    not null,
    seq       bigint not null,
    log_id    text    not null,
    event_id  text    not null,
    cmd_key   text,
    body_mac  bytea,
    actor     text    not null,
    device    text,
    inc       bigint,
    kseq      bigint,
    t_utc     bigint not null,
    mono_ms   bigint not null,
    day       text,
    kind      text    not null,
    number    text,
    payload   text    not null,
    prev_hash bytea    not null,
    hash      bytea    not null,
    primary key (hall, seq)
);

create unique index journal_key on journal (hall, actor, cmd_key) where cmd_key is not null;
create unique index journal_device on journal (hall, device, inc, kseq) where kseq is not null;
create unique index journal_number on journal (hall, day, number) where number is not null;
create index journal_settled on journal (hall, day) where kind = 'day_settled';

-- One window holds at most one ticket and a ticket at most one window: said twice, checked here.
create table active_call (
    hall   text not null,
    ticket text not null,
    "window" text not null,
    primary key (hall, ticket)
);

create unique index active_call_window on active_call (hall, "window");

-- Personal data lies outside the journal, under keys that can be deleted.
create table personal (
    ref        text    not null primary key,
    hall       text    not null,
    ciphertext bytea    not null,
    key_ref    text    not null,
    expires_at bigint not null
);

create table personal_key (
    key_ref    text not null primary key,
    key        bytea,
    deleted_at bigint
);

create table secret (
    name  text not null primary key,
    value bytea not null
);

create table person (
    code          text    not null primary key,
    name          text    not null,
    password_hash text,
    roles         text    not null,
    hall          text,
    clerk         text,
    disabled      bigint not null,
    created_at    bigint not null
);

create table one_time_code (
    person     text    not null primary key,
    code_hash  bytea    not null,
    expires_at bigint not null
);

create table session (
    token_hash bytea    not null primary key,
    person     text    not null,
    created_at bigint not null,
    seen_at    bigint not null,
    expires_at bigint not null
);

create table token (
    id         text    not null primary key,
    token_hash bytea    not null,
    role       text    not null,
    hall       text,
    person     text,
    label      text,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint
);

create unique index token_by_hash on token (token_hash);
