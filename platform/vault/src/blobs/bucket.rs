//! Files in a bucket: one object each, under a random name.
//!
//! An S3 answers a `PUT` once the object is durable, so nothing is left to sync.

use std::{fmt, ops::Range, pin::Pin, sync::Arc, time::Duration};

use ambient::{Id, Secret};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use net::{NetError, Peer};
use object_store::{
    ClientOptions, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
    },
    path::Path,
};

use super::BlobError;

/// Where a bucket is, and who we are there.
#[derive(Debug, Clone)]
pub struct BucketAddress {
    /// `https://host[:port]` of any S3; empty for Amazon's in `region`.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// What names of objects begin with; may be empty.
    pub prefix: String,
    /// Access key.
    pub key: String,
    /// Secret key.
    pub secret: Secret<String>,
}

pub(super) struct Bucket {
    store: AmazonS3,
    prefix: Path,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bucket")
    }
}

impl Bucket {
    pub fn open(address: &BucketAddress) -> Result<Self, BlobError> {
        let endpoint = match address.endpoint.as_str() {
            "" => format!("https://s3.{}.amazonaws.com", address.region),
            other => other.trim_end_matches('/').to_owned(),
        };
        let peer = Peer::new(&endpoint).map_err(|error| BlobError::Bucket(error.to_string()))?;
        let patience = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(20),
            ..RetryConfig::default()
        };
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            .with_allow_http(true)
            .with_region(&address.region)
            .with_bucket_name(&address.bucket)
            .with_access_key_id(&address.key)
            .with_secret_access_key(address.secret.expose())
            .with_retry(patience)
            .with_http_connector(Transport(Arc::new(peer)))
            .build()
            .map_err(failed)?;
        let prefix = Path::parse(&address.prefix);
        Ok(Self {
            store,
            prefix: prefix.map_err(|error| BlobError::Bucket(error.to_string()))?,
        })
    }

    pub async fn put(&self, id: Id, sealed: Vec<u8>) -> Result<Id, BlobError> {
        let put = self.store.put(&self.name(id), sealed.into()).await;
        put.map(|_| id).map_err(failed)
    }

    pub async fn read(&self, id: Id, range: Range<u64>) -> Result<Bytes, BlobError> {
        let read = self.store.get_range(&self.name(id), range).await;
        read.map_err(|error| match error {
            object_store::Error::NotFound { .. } => BlobError::Damaged,
            other => failed(other),
        })
    }

    pub async fn delete(&self, id: Id) -> Result<(), BlobError> {
        match self.store.delete(&self.name(id)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            done => done.map_err(failed),
        }
    }

    fn name(&self, id: Id) -> Path {
        self.prefix.clone().join(id.to_string())
    }
}

fn failed(error: object_store::Error) -> BlobError {
    BlobError::Bucket(error.to_string())
}

/// How `object_store` speaks HTTP here: through our own way out, without another stack.
#[derive(Debug, Clone)]
struct Transport(Arc<Peer>);

impl HttpConnector for Transport {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// What `async_trait` makes of an `async fn`.
type Called<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for Transport {
    fn call<'a, 'b>(&'a self, request: HttpRequest) -> Called<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let sent = self.0.send(http::Request::from_parts(head, body)).await;
            Ok(sent.map_err(unsent)?.map(Into::into))
        })
    }
}

fn unsent(error: NetError) -> HttpError {
    let kind = match &error {
        NetError::Unreachable(..) => HttpErrorKind::Connect,
        NetError::TooSlow(_) => HttpErrorKind::Timeout,
        NetError::Broken(..) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
