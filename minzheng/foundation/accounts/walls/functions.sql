-- What a web request may see is computed here, from the user's own assignments, and signed: the application names the
-- account that is logged in (and proves that it is the application), never the regions. The signed text lies in the
-- session's setting `minzheng.scope`; a text that somebody else wrote, or that was written in another session, opens nothing.
--
--   role:prefix,role:prefix | account | person | household,household | signature        "*" in place of the roles: everything
DROP SCHEMA IF EXISTS walls CASCADE;
CREATE SCHEMA walls;

CREATE TABLE walls.secret (application text NOT NULL, scope text NOT NULL, declared text NOT NULL);

CREATE FUNCTION walls.digest(secret text, message text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
    RETURN encode(sha256(convert_to(secret || '|' || message || '|' || secret, 'UTF8')), 'hex');

-- Signs a scope for this session only.
CREATE FUNCTION walls.signed(body text) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN body || '|' || walls.digest((SELECT scope FROM walls.secret), pg_backend_pid() || '|' || body);
END $$;

CREATE FUNCTION walls.prove(proof text, what text) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF proof IS DISTINCT FROM walls.digest((SELECT application FROM walls.secret), pg_backend_pid() || '|' || what) THEN
        RAISE EXCEPTION 'walls: not asked by the application (another MINZHENG_SECRET_KEY?)' USING ERRCODE = '42501';
    END IF;
END $$;

-- The significant part of a region code: 431227000000 → 431227 (regions.models.prefix_of).
CREATE FUNCTION walls.prefix_of(code text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
    RETURN CASE WHEN substr(code, 3) = '0000000000' THEN substr(code, 1, 2)
                WHEN substr(code, 5) = '00000000' THEN substr(code, 1, 4)
                WHEN substr(code, 7) = '000000' THEN substr(code, 1, 6)
                WHEN substr(code, 10) = '000' THEN substr(code, 1, 9)
                ELSE code END;

-- From here on the session sees what the account may see; `as_citizen`: only what is about its own person.
CREATE FUNCTION walls.enter(proof text, account bigint, as_citizen boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE '{time_zone}')::date;
    person bigint;
    roles text := '';
    homes text := '';
    scope text;
BEGIN
    PERFORM walls.prove(proof, concat_ws('|', 'enter', coalesce(account::text, ''), as_citizen::text));
    SELECT u.person_id INTO person FROM accounts_user u WHERE u.id = account AND u.is_active;
    IF FOUND AND NOT as_citizen THEN
        SELECT coalesce(string_agg(a.role || ':' || walls.prefix_of(a.region_id), ','), '') INTO roles
        FROM accounts_assignment a WHERE a.user_id = account AND a.since <= today AND (a.until IS NULL OR a.until > today);
    END IF;
    IF person IS NOT NULL THEN
        SELECT coalesce(string_agg(DISTINCT m.household_id::text, ','), '') INTO homes
        FROM people_membership m WHERE m.person_id = person AND m.since <= today AND (m.until IS NULL OR m.until > today);
    END IF;
    scope := walls.signed(concat_ws('|', roles, coalesce(account::text, ''), coalesce(person::text, ''), homes));
    PERFORM set_config('minzheng.scope', scope, false);
    RETURN scope;
END $$;

-- Everything, for as long as the application has a stated reason (doors.beyond_region).
CREATE FUNCTION walls.go_beyond(proof text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM walls.prove(proof, 'beyond');
    PERFORM set_config('minzheng.scope', walls.signed('*|||'), false);
END $$;

-- One part of the session's scope, NULL unless it was signed for this session.
CREATE FUNCTION walls.part(place integer) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    scope text := current_setting('minzheng.scope', true);
    parts text[];
BEGIN
    IF scope IS NULL OR scope = '' THEN
        RETURN NULL;
    END IF;
    parts := string_to_array(scope, '|');
    IF cardinality(parts) <> 5 OR scope <> walls.signed(array_to_string(parts[1:4], '|')) THEN
        RETURN NULL;
    END IF;
    RETURN parts[place];
END $$;

-- Prefixes of the regions in which one of the roles is held; no role, none.
CREATE FUNCTION walls.prefixes(roles text[]) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held text := walls.part(1);
BEGIN
    IF held = '*' THEN
        RETURN ARRAY[''];
    END IF;
    RETURN ARRAY(SELECT DISTINCT split_part(one, ':', 2) FROM unnest(string_to_array(held, ',')) one
                 WHERE split_part(one, ':', 1) = ANY (roles));
END $$;

CREATE FUNCTION walls.sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT coalesce(walls.part(1) = '*', false) $$;
-- On citizens' pages: nobody looks there with an office.
CREATE FUNCTION walls.is_citizen() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT coalesce(walls.part(1) = '', false) $$;
CREATE FUNCTION walls.account() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT nullif(walls.part(2), '')::bigint $$;
CREATE FUNCTION walls.person() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT nullif(walls.part(3), '')::bigint $$;
CREATE FUNCTION walls.homes() RETURNS bigint[] LANGUAGE sql STABLE
    AS $$ SELECT coalesce(string_to_array(nullif(walls.part(4), ''), ',')::bigint[], '{{}}') $$;
-- The organisations whose account this is.
CREATE FUNCTION walls.own_organisations() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE '{time_zone}')::date;
BEGIN
    RETURN ARRAY(SELECT a.organisation_id FROM accounts_assignment a
                 WHERE a.user_id = walls.account() AND a.role = 'institution'
                   AND a.organisation_id IS NOT NULL AND a.since <= today AND (a.until IS NULL OR a.until > today));
END $$;
-- The same at work: none on citizens' pages, where an organisation does nothing but apply.
CREATE FUNCTION walls.organisations() RETURNS bigint[] LANGUAGE sql STABLE
    AS $$ SELECT CASE WHEN walls.is_citizen() THEN '{{}}'::bigint[] ELSE walls.own_organisations() END $$;
