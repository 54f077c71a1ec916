//! Transports that record, replay and break.
