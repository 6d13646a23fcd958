-- The chain itself, in the database, so that raw SQL is chained like everything else. docs/audit.md describes it.

-- One entry as the text that is hashed and exported: all its columns, times in UTC, on one line.
-- A changed text is a changed history: a later version of it needs its own "form" number beside the old one.
CREATE FUNCTION audit_text(seq bigint, e audit_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'seq', seq,
        'form', 1,
        'id', e.id,
        'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor_id', e.actor_id,
        'action', e.action,
        'title', e.title,
        'is_read', e.is_read,
        'subject_type', e.subject_type,
        'subject_id', e.subject_id,
        'persons', e.persons,
        'region', e.region,
        'reason', e.reason,
        'detail', e.detail
    )::text
$$;

-- Links every committed entry that still waits, in one order without gaps; returns how many.
-- One sealer at a time: whoever comes next waits here and then finds its own entries sealed or seals them.
-- One plain look-up by key each: its plan is made once a session, where a list of keys would be planned at every seal,
-- and statistics of a queue are always stale: one bad guess would read the whole trail.
CREATE FUNCTION audit_seal() RETURNS bigint LANGUAGE plpgsql SET enable_seqscan TO off AS $$
DECLARE
    waiting bigint[];
    number bigint;
    sealed bigint := 0;
    place bigint;
    previous bytea;
    entry audit_auditentry;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('minzheng.audit', 0));
    waiting := ARRAY(SELECT entry_id FROM audit_auditpending ORDER BY entry_id);
    IF cardinality(waiting) = 0 THEN
        RETURN 0;
    END IF;
    SELECT seq, hash INTO place, previous FROM audit_auditlink ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0, decode(repeat('00', 32), 'hex') INTO place, previous;
    END IF;
    FOREACH number IN ARRAY waiting LOOP
        SELECT * INTO entry FROM audit_auditentry WHERE id = number;
        -- A queued entry that was taken away stays queued, for the verifier to find.
        CONTINUE WHEN NOT FOUND;
        place := place + 1;
        previous := sha256(previous || convert_to(audit_text(place, entry), 'UTF8'));
        INSERT INTO audit_auditlink (seq, entry_id, hash) VALUES (place, number, previous);
        DELETE FROM audit_auditpending WHERE entry_id = number;
        sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
END
$$;

-- Every seal walks the queue's index past what is already gone from it: sweep often.
ALTER TABLE audit_auditpending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
