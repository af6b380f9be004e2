-- Photos of inspections, made small and bare of everything that a camera writes beside the picture.
-- The journal names a photo by its SHA-256; the same picture is kept once a hall.
create table photo (
    hall       text   not null,
    sha256     text   not null,
    kind       text   not null,
    bytes      bytea  not null,
    created_at bigint not null,
    primary key (hall, sha256)
);
