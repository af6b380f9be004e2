//! Both engines have the same migrations, and the same tables after them.

use std::collections::BTreeSet;
use std::path::Path;

use server::store::Store;
use sqlx::{PgPool, SqlitePool};

use super::Place;
use super::cluster::Cluster;

#[test]
fn both_engines_have_the_same_migrations() {
    let list = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let files = std::fs::read_dir(folder).expect("migrations");
        let names = files.filter_map(Result::ok).map(|file| file.file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    };
    assert!(!list("sqlite").is_empty());
    assert_eq!(list("sqlite"), list("postgres"));
}

pub(super) async fn both_engines_have_the_same_tables(cluster: &Cluster) {
    let (file, database) = (Place::file(), Place::database(cluster, "tables").await);
    for place in [&file, &database] {
        let store = Store::open_server(&place.url())
            .await
            .expect("the store opens");
        store.close().await;
    }
    let sqlite = SqlitePool::connect(&file.url())
        .await
        .expect("the database");
    let columns = "select m.name || '.' || c.name from sqlite_master m, \
        pragma_table_info(m.name) c where m.type = 'table' order by 1";
    let in_sqlite: Vec<(String,)> = sqlx::query_as(columns)
        .fetch_all(&sqlite)
        .await
        .expect("columns");
    let indexes = "select name from sqlite_master where type = 'index' and sql is not null \
        order by name";
    let indexes_in_sqlite: Vec<(String,)> = sqlx::query_as(indexes)
        .fetch_all(&sqlite)
        .await
        .expect("indexes");
    sqlite.close().await;

    let postgres = PgPool::connect(&database.url())
        .await
        .expect("the database");
    let columns = "select (table_name || '.' || column_name) collate \"C\" from \
        information_schema.columns where table_schema = 'public' order by 1";
    let in_postgres: Vec<(String,)> = sqlx::query_as(columns)
        .fetch_all(&postgres)
        .await
        .expect("columns");
    let indexes = "select indexname::text collate \"C\" from pg_indexes \
        where schemaname = 'public' and indexname not like '%pkey' order by 1";
    let indexes_in_postgres: Vec<(String,)> = sqlx::query_as(indexes)
        .fetch_all(&postgres)
        .await
        .expect("indexes");
    postgres.close().await;
    assert!(in_sqlite.len() > 50, "{in_sqlite:?}");
    assert_eq!(in_sqlite, in_postgres);
    assert_eq!(indexes_in_sqlite, indexes_in_postgres);
}
