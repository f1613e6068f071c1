/** First line of an export of records that is not sealed: docs/formats/journal.md, "Export". */
export const REGISTER_EXPORT_SCHEMA = "one-room.register-export/1";
