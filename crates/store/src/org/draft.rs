//! Sheets on their way in: kept between the preview and the confirmation.

use plenum_rules::{Day, UnitId};

use crate::args;
use crate::db::{Result, Tx};

/// A sheet that somebody looks at before it is taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportDraft {
    /// Its id.
    pub id: u128,
    /// Whose.
    pub account: u128,
    /// When it came, in microseconds since 1970, UTC.
    pub made_at: i64,
    /// The unit below which it belongs; none for the whole tree.
    pub root: Option<UnitId>,
    /// The day from which it holds.
    pub day: Day,
    /// The profile whose levels and kinds it uses.
    pub profile: String,
    /// The file's name.
    pub file: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Keeps a sheet, and of the same account's earlier ones the last three.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn keep(tx: &mut Tx, draft: &ImportDraft) -> Result<()> {
    tx.run(
        "INSERT INTO import_draft (id, account, made_at, root, day, profile, file, bytes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            draft.id,
            draft.account,
            draft.made_at,
            draft.root,
            draft.day,
            &draft.profile,
            &draft.file,
            draft.bytes.clone()
        ],
    )
    .await?;
    // Files are large: of one person only the last few are kept.
    tx.run(
        "DELETE FROM import_draft WHERE account = $1 AND id NOT IN \
         (SELECT id FROM import_draft WHERE account = $1 ORDER BY made_at DESC, id DESC LIMIT 4)",
        args![draft.account],
    )
    .await?;
    Ok(())
}

/// A sheet that was kept by this account at `since` or later.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn kept(tx: &mut Tx, id: u128, account: u128, since: i64) -> Result<Option<ImportDraft>> {
    let sql = "SELECT id, account, made_at, root, day, profile, file, bytes FROM import_draft \
               WHERE id = $1 AND account = $2 AND made_at >= $3";
    let Some(row) = tx.row(sql, args![id, account, since]).await? else {
        return Ok(None);
    };
    Ok(Some(ImportDraft {
        id: row.id(0)?,
        account: row.id(1)?,
        made_at: row.int(2)?,
        root: row.opt_unit(3)?,
        day: row.day(4)?,
        profile: row.text(5)?,
        file: row.text(6)?,
        bytes: row.bytes(7)?,
    }))
}

/// Lets a sheet go, and all that came before `since`.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn let_go(tx: &mut Tx, id: Option<u128>, since: i64) -> Result<()> {
    tx.run("DELETE FROM import_draft WHERE made_at < $1", args![since])
        .await?;
    if let Some(id) = id {
        tx.run("DELETE FROM import_draft WHERE id = $1", args![id])
            .await?;
    }
    Ok(())
}
