//! PostgreSQL: one file a table, in the server's own binary form, from one snapshot.

use std::path::Path;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_postgres::{Client, Config};

use super::{
    super::{
        Value,
        postgres::{Link, row},
    },
    DbError, Row, Schema, failed,
};

const TABLES: &str = "SELECT relname::text FROM pg_class WHERE relkind = 'r' \
    AND relnamespace = current_schema()::regnamespace ORDER BY 1";
const SIZE: &str = "SELECT COALESCE(sum(pg_table_size(oid)), 0)::BIGINT FROM pg_class \
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
const SERIALS: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
    WHERE table_schema = current_schema() AND is_identity = 'YES'";
/// The program remembers its migrations here; they are run again, not copied.
const MIGRATION: &str = "migration";
/// Tables that the migrations themselves fill.
const SEEDED: [&str; 3] = [MIGRATION, "mark", "key_mark"];
const CHUNK: usize = 256 << 10;

pub async fn beside(
    config: &Config,
    sql: &'static str,
    params: &[Value],
) -> Result<Vec<Row>, DbError> {
    let mut link = Link::open(config).await?;
    let params = params.iter().map(|value| value as _).collect();
    let mut answers = link.rows(&[(sql, params)]).await?;
    let rows = answers.pop().unwrap_or_default();
    Ok(rows.iter().map(row).collect::<Result<_, _>>()?)
}

pub async fn save(
    config: &Config,
    folder: &Path,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Vec<String>, DbError> {
    let client = Link::open(config).await?.client;
    client
        .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await?;
    let about = client.query_one(SIZE, &[]).await?;
    let about = about.try_get::<_, i64>(0)?.unsigned_abs();
    let mut written = 0;
    for table in tables(&client).await? {
        if table == MIGRATION {
            continue;
        }
        let rows = client
            .copy_out(&format!("COPY \"{table}\" TO STDOUT (FORMAT binary)"))
            .await?;
        let mut rows = std::pin::pin!(rows);
        let file = tokio::fs::File::create(folder.join(&table)).await;
        let mut file = tokio::io::BufWriter::with_capacity(CHUNK, file.map_err(|e| failed(&e))?);
        while let Some(bytes) = rows.next().await {
            let bytes = bytes?;
            file.write_all(&bytes).await.map_err(|e| failed(&e))?;
            written += bytes.len() as u64;
            progress(written, about.max(written));
        }
        file.flush().await.map_err(|e| failed(&e))?;
        file.get_ref().sync_all().await.map_err(|e| failed(&e))?;
    }
    let names = client
        .query("SELECT name FROM migration ORDER BY name", &[])
        .await?;
    client.batch_execute("COMMIT").await?;
    Ok(names
        .iter()
        .map(|row| row.try_get(0))
        .collect::<Result<_, _>>()?)
}

/// No table, or only empty ones.
pub async fn is_vacant(config: &Config) -> Result<bool, DbError> {
    let client = Link::open(config).await?.client;
    for table in tables(&client).await? {
        if SEEDED.contains(&&*table) {
            continue;
        }
        let sql = format!("SELECT EXISTS (SELECT 1 FROM \"{table}\")");
        if client.query_one(&sql, &[]).await?.try_get(0)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub async fn load(config: &Config, schema: Schema, folder: &Path) -> Result<(), DbError> {
    let mut client = Link::open(config).await?.client;
    schema.apply_postgres(&mut client).await?;
    client.batch_execute("BEGIN").await?;
    for table in tables(&client).await? {
        let path = folder.join(&table);
        if table == MIGRATION {
            continue;
        }
        // What a migration put there is in the backup too.
        client
            .batch_execute(&format!("DELETE FROM \"{table}\""))
            .await?;
        let copy = format!("COPY \"{table}\" FROM STDIN (FORMAT binary)");
        let sink = client.copy_in::<_, bytes::Bytes>(&copy).await?;
        let mut sink = std::pin::pin!(sink);
        let mut file = tokio::fs::File::open(path).await.map_err(|e| failed(&e))?;
        loop {
            let mut chunk = bytes::BytesMut::with_capacity(CHUNK);
            if file.read_buf(&mut chunk).await.map_err(|e| failed(&e))? == 0 {
                break;
            }
            sink.send(chunk.freeze()).await?;
        }
        sink.finish().await?;
    }
    for row in client.query(SERIALS, &[]).await? {
        let (table, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), \
             (SELECT COALESCE(max(\"{column}\"), 0) + 1 FROM \"{table}\"), false)"
        );
        client.batch_execute(&next).await?;
    }
    client.batch_execute("COMMIT; ANALYZE").await?;
    Ok(())
}

async fn tables(client: &Client) -> Result<Vec<String>, DbError> {
    let rows = client.query(TABLES, &[]).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get(0))
        .collect::<Result<_, _>>()?)
}
