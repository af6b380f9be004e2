//! The store on both engines: one contract, the same tables, and two servers on one database.

mod cluster;
mod contract;
mod nodes;
mod schema;
mod summaries;

use sqlx::{PgPool, SqlitePool};

use self::cluster::Cluster;
use crate::house::Folder;

/// Where a store is kept.
pub(crate) enum Place {
    File(Folder),
    Database(String),
}

impl Place {
    fn file() -> Self {
        Self::File(Folder::new())
    }

    async fn database(cluster: &Cluster, name: &str) -> Self {
        Self::Database(cluster.database(name).await)
    }

    fn url(&self) -> String {
        match self {
            Self::File(folder) => folder.database(),
            Self::Database(url) => url.clone(),
        }
    }

    /// Says something to the engine past the store.
    async fn sql(&self, statement: &'static str) {
        match self {
            Self::File(folder) => {
                let pool = SqlitePool::connect(&folder.database()).await;
                let pool = pool.expect("the database");
                let said = sqlx::query(statement).execute(&pool).await;
                said.expect("the statement");
                pool.close().await;
            }
            Self::Database(url) => {
                let pool = PgPool::connect(url).await.expect("the database");
                let said = sqlx::query(statement).execute(&pool).await;
                said.expect("the statement");
                pool.close().await;
            }
        }
    }
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    contract::all(async |_| Place::file()).await;
}

#[tokio::test]
async fn postgres_keeps_the_contract() {
    let cluster = Cluster::start();
    contract::all(async |name| Place::database(&cluster, name).await).await;
    contract::a_batch_is_one_statement(&Place::database(&cluster, "statements").await).await;
    schema::both_engines_have_the_same_tables(&cluster).await;
}
