//! Who may be at work here, of those whom Pro Santé Connect vouches for: on our pages, and with software
//! of their own.

use access::{App, Refused, Situation};
use oauth::psc;
use vault::RecordId;

use crate::situation;

/// A professional who may be at work here.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// Their own record.
    pub own: RecordId,
    /// Where; one at least.
    pub situations: Vec<Situation>,
}

/// Why a professional may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAdmitted {
    /// They are at work nowhere.
    NoSituation,
    /// The directory says that they practise no more.
    Inactive,
    /// Their account is suspended until the operator lifts it.
    Suspended,
}

/// Whether a professional may be at work here, and where.
///
/// # Errors
/// When the engine fails.
pub async fn admitted(
    app: &App,
    professional: &psc::Professional,
) -> Result<Result<Admitted, NotAdmitted>, Refused> {
    let situations = situation::all(professional, &app.gate.rules().matrix);
    if situations.is_empty() {
        return Ok(Err(NotAdmitted::NoSituation));
    }
    if left_practice(app, &professional.national_id).await? {
        tracing::warn!("somebody signed in whom the directory says inactive");
        if app.limits.inactive_refused {
            return Ok(Err(NotAdmitted::Inactive));
        }
    }
    if app.gate.is_suspended(&professional.national_id).await? {
        return Ok(Err(NotAdmitted::Suspended));
    }
    let own = own_record(app, &professional.national_id).await?;
    Ok(Ok(Admitted { own, situations }))
}

/// Whether the directory knows them, and says that they practise no more.
async fn left_practice(app: &App, national_id: &str) -> Result<bool, Refused> {
    let listed = access::directory::listed(&app.store, national_id).await?;
    Ok(!listed.is_empty() && listed.iter().all(|activity| !activity.active))
}

/// The professional's own record, made at their first sign-in.
async fn own_record(app: &App, national_id: &str) -> Result<RecordId, Refused> {
    if let Some(record) = app.store.professional(national_id).await? {
        return Ok(record);
    }
    match app.gate.open_register(national_id).await {
        Ok(record) => Ok(record),
        // Another tab was first.
        Err(Refused::Taken) => {
            let made = app.store.professional(national_id).await?;
            made.ok_or(Refused::NotFound)
        }
        Err(other) => Err(other),
    }
}
