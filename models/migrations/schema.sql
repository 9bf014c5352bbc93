-- The catalog after all migrations, as pg_dump tells it. Made by python -m tests.models.schema_dump

CREATE SCHEMA public;

ALTER SCHEMA public OWNER TO pg_database_owner;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION public.committed_elsewhere(people bigint[], span tstzrange) RETURNS TABLE(person_id bigint, during tstzrange)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        select a.person_id, a.during from public.assignment a
        where a.person_id = any (people) and a.during && span
          and a.state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid')
    $$;

ALTER FUNCTION public.committed_elsewhere(people bigint[], span tstzrange) OWNER TO dutyline_busy;

COMMENT ON FUNCTION public.committed_elsewhere(people bigint[], span tstzrange) IS 'when people are taken, in any department, and nothing more: departments cannot see each other''s details';

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.assignment (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    slot_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    handbook_id bigint NOT NULL,
    award_id bigint,
    offer_id bigint,
    during tstzrange NOT NULL,
    state text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    answer_due_at timestamp with time zone,
    charged_minutes integer DEFAULT 0 NOT NULL,
    place_before bigint,
    place_after bigint,
    ended_at timestamp with time zone,
    charged_turns integer DEFAULT 0 NOT NULL,
    charged_points integer DEFAULT 0 NOT NULL,
    counted_in text,
    is_ordered boolean DEFAULT false NOT NULL,
    CONSTRAINT assignment_during_bounded CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during)))),
    CONSTRAINT assignment_state_known CHECK ((state = ANY (ARRAY['awarded'::text, 'confirmed'::text, 'checked_in'::text, 'checked_out'::text, 'verified'::text, 'paid'::text, 'declined'::text, 'lapsed'::text, 'unreachable'::text, 'dropped'::text, 'no_show'::text, 'released'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.assignment FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.assignment.charged_turns IS 'what it added to the officer''s turns, as charged_minutes to his hours';

COMMENT ON COLUMN public.assignment.counted_in IS 'the pool that it counts in, where that is not the pool of its detail';

COMMENT ON COLUMN public.assignment.is_ordered IS 'he was ordered in or called back, and has not volunteered';

CREATE TABLE public.assignment_drop (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    zone text NOT NULL,
    dropped_at timestamp with time zone NOT NULL,
    state text DEFAULT 'looking'::text NOT NULL,
    ended_at timestamp with time zone,
    bar_days integer DEFAULT 0 NOT NULL,
    reason text,
    note text,
    CONSTRAINT assignment_drop_note_of_reason CHECK (((note IS NULL) OR (reason IS NOT NULL))),
    CONSTRAINT assignment_drop_reason_known CHECK ((reason = ANY (ARRAY['sick'::text, 'injured'::text, 'family'::text, 'court'::text, 'called_to_duty'::text, 'other'::text]))),
    CONSTRAINT assignment_drop_state_known CHECK ((state = ANY (ARRAY['looking'::text, 'freed'::text, 'replaced'::text, 'unfilled'::text, 'withdrawn'::text]))),
    CONSTRAINT assignment_drop_zone_known CHECK ((zone = ANY (ARRAY['free'::text, 'needs_replacement'::text, 'swap'::text])))
);

ALTER TABLE ONLY public.assignment_drop FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.assignment_drop.reason IS 'as the officer said, where the handbook of the assignment asks';

ALTER TABLE public.assignment_drop ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_drop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.attendance (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    kind text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    stated_at timestamp with time zone NOT NULL,
    channel text NOT NULL,
    by_person_id bigint NOT NULL,
    superseded_at timestamp with time zone,
    vouched_by_id bigint,
    reason text,
    place_proof text,
    CONSTRAINT attendance_kind_known CHECK ((kind = ANY (ARRAY['check_in'::text, 'check_out'::text]))),
    CONSTRAINT attendance_only_check_outs_vouched CHECK (((vouched_by_id IS NULL) OR (kind = 'check_out'::text))),
    CONSTRAINT attendance_place_proof_known CHECK ((place_proof = ANY (ARRAY['none'::text, 'site_phone'::text, 'code'::text]))),
    CONSTRAINT attendance_vouched_for_a_reason CHECK (((vouched_by_id IS NULL) OR (reason IS NOT NULL)))
);

ALTER TABLE ONLY public.attendance FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.attendance.happened_at IS 'when the officer told us';

COMMENT ON COLUMN public.attendance.stated_at IS 'the time that counts: the same, or the one the officer gave instead';

COMMENT ON COLUMN public.attendance.vouched_by_id IS 'the officer who wrote it for him; never his own check-out';

COMMENT ON COLUMN public.attendance.reason IS 'why it is not the end of the detail, or why another wrote it';

COMMENT ON COLUMN public.attendance.place_proof IS 'what showed that he was there; null: nothing was asked';

ALTER TABLE public.attendance ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.award (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    handbook_id bigint NOT NULL,
    awarded_at timestamp with time zone NOT NULL,
    facts jsonb NOT NULL,
    result jsonb NOT NULL,
    emergency_id bigint
);

ALTER TABLE ONLY public.award FORCE ROW LEVEL SECURITY;

ALTER TABLE public.award ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.award_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.call (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    person_id bigint,
    direction text NOT NULL,
    sid text NOT NULL,
    from_number text NOT NULL,
    to_number text NOT NULL,
    state text NOT NULL,
    identified_by text,
    language text DEFAULT 'en'::text NOT NULL,
    dialog jsonb DEFAULT '{}'::jsonb NOT NULL,
    turns integer DEFAULT 0 NOT NULL,
    began_at timestamp with time zone NOT NULL,
    last_turn_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ending text,
    recording text,
    quieting smallint DEFAULT 0 NOT NULL,
    CONSTRAINT call_direction_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT call_ended CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT call_identified_known CHECK ((identified_by = ANY (ARRAY['pin'::text, 'badge_and_pin'::text, 'badge_and_code'::text]))),
    CONSTRAINT call_identified_person CHECK (((identified_by IS NULL) OR (person_id IS NOT NULL))),
    CONSTRAINT call_recording_known CHECK ((recording = ANY (ARRAY['announced'::text, 'agreed'::text, 'refused'::text]))),
    CONSTRAINT call_state_known CHECK ((state = ANY (ARRAY['under_way'::text, 'with_agent'::text, 'ended'::text])))
);

ALTER TABLE ONLY public.call FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.call IS 'a conversation by telephone; department_id is that of the line''s home';

COMMENT ON COLUMN public.call.person_id IS 'who was identified; null until then, whatever the number says';

COMMENT ON COLUMN public.call.turns IS 'how many turns it has had: the token of the next';

COMMENT ON COLUMN public.call.recording IS 'what was said about recording it; empty: nothing, it is not recorded';

COMMENT ON COLUMN public.call.quieting IS 'how often the caller was asked to wait until nothing is recorded any more';

CREATE TABLE public.call_choice (
    department_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    calls text NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    CONSTRAINT call_choice_known CHECK ((calls = ANY (ARRAY['all'::text, 'urgent'::text, 'none'::text])))
);

ALTER TABLE ONLY public.call_choice FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.call_choice IS 'whether the line may call him; who has no row is called. Each change is an event';

ALTER TABLE public.call ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.call_out (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    opening_id bigint NOT NULL,
    handbook_id bigint NOT NULL,
    kind text NOT NULL,
    band text DEFAULT ''::text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    asked_at timestamp with time zone,
    state text DEFAULT 'running'::text NOT NULL,
    ended_at timestamp with time zone,
    emergency_id bigint,
    CONSTRAINT call_out_kind_known CHECK ((kind = ANY (ARRAY['posting'::text, 'replacement'::text, 'admitted'::text, 'emergency'::text]))),
    CONSTRAINT call_out_state_known CHECK ((state = ANY (ARRAY['running'::text, 'filled'::text, 'exhausted'::text, 'over'::text])))
);

ALTER TABLE ONLY public.call_out FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.call_out.asked_at IS 'when somebody was asked last: the next may have to wait';

ALTER TABLE public.call_out ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.call_out_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.call_turn (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    token text NOT NULL,
    kind text NOT NULL,
    came_in jsonb NOT NULL,
    understood jsonb NOT NULL,
    answer jsonb NOT NULL,
    flow text,
    step text,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.call_turn FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.call_turn.came_in IS 'the carrier''s parameters; what is keyed where a PIN is asked for is masked';

COMMENT ON COLUMN public.call_turn.answer IS 'what was answered, for a second delivery of the same turn';

COMMENT ON COLUMN public.call_turn.recorded_at IS 'real time; of turns from before this was kept, that of the change';

ALTER TABLE public.call_turn ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.call_turn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clock (
    id integer DEFAULT 1 NOT NULL,
    stands_at timestamp with time zone NOT NULL,
    running_since timestamp with time zone,
    CONSTRAINT clock_only_one CHECK ((id = 1))
);

COMMENT ON TABLE public.clock IS 'demonstration only: what time it is. Running: stands_at plus the real time since running_since';

CREATE TABLE public.consent (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    number text NOT NULL,
    person_id bigint NOT NULL,
    way text NOT NULL,
    attested text,
    wording text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT consent_way_known CHECK ((way = ANY (ARRAY['paper'::text, 'roster'::text, 'texted'::text, 'enrolled'::text])))
);

ALTER TABLE ONLY public.consent FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.consent IS 'that a number may be texted of our own accord; withdrawn consents stay, as proof of what was agreed when';

COMMENT ON COLUMN public.consent.attested IS 'what whoever brought it says about how it was given';

COMMENT ON COLUMN public.consent.wording IS 'the version of the words that were agreed to';

ALTER TABLE public.consent ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    slot_id bigint,
    offer_id bigint,
    assignment_id bigint,
    message_out_id bigint,
    step text NOT NULL,
    channel text NOT NULL,
    outcome text NOT NULL,
    contacted_at timestamp with time zone NOT NULL,
    reason text,
    turn text,
    charged_minutes integer DEFAULT 0 NOT NULL,
    charged_points integer DEFAULT 0 NOT NULL,
    refused_minutes integer DEFAULT 0 NOT NULL,
    counted_in text,
    CONSTRAINT contact_channel_known CHECK ((channel = ANY (ARRAY['sms'::text, 'voice'::text, 'web'::text]))),
    CONSTRAINT contact_outcome_known CHECK ((outcome = ANY (ARRAY['considered'::text, 'skipped'::text, 'not_attempted'::text, 'sent'::text, 'unreachable'::text, 'busy'::text, 'no_answer'::text, 'machine'::text, 'left_message'::text, 'heard_and_hung_up'::text, 'hung_up_before_input'::text, 'declined'::text, 'accepted'::text]))),
    CONSTRAINT contact_turn_known CHECK ((turn = ANY (ARRAY['spent'::text, 'kept'::text])))
);

ALTER TABLE ONLY public.contact FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.contact IS 'declined, no answer, unreachable and not attempted are facts apart; none is ever changed';

COMMENT ON COLUMN public.contact.message_out_id IS 'the text by which he was told, where the outcome is that it was sent';

COMMENT ON COLUMN public.contact.reason IS 'of one who was skipped: the rule that kept him from it';

COMMENT ON COLUMN public.contact.turn IS 'whether it cost him his turn; null where nothing is priced';

COMMENT ON COLUMN public.contact.counted_in IS 'the pool that it counts in; of those that do not say, the pool of its detail';

ALTER TABLE public.contact ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractor (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    ref text NOT NULL,
    name text NOT NULL,
    contact_name text,
    phones text[] DEFAULT '{}'::text[] NOT NULL
);

ALTER TABLE ONLY public.contractor FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contractor ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contractor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    line_id bigint NOT NULL,
    channel text NOT NULL,
    state text DEFAULT 'idle'::text NOT NULL,
    dialog jsonb NOT NULL,
    turns integer DEFAULT 0 NOT NULL,
    last_turn_at timestamp with time zone NOT NULL,
    CONSTRAINT conversation_channel_known CHECK ((channel = ANY (ARRAY['sms'::text, 'voice'::text, 'web'::text]))),
    CONSTRAINT conversation_state_known CHECK ((state = ANY (ARRAY['idle'::text, 'waiting'::text, 'with_agent'::text])))
);

ALTER TABLE ONLY public.conversation FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.conversation.department_id IS 'the home department of the line';

ALTER TABLE public.conversation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.counter_turn (
    department_id bigint NOT NULL,
    pool text NOT NULL,
    starts_on date NOT NULL,
    handbook_id bigint NOT NULL,
    turned_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.counter_turn FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.counter_turn IS 'a pool began to count anew on that day; once, however often it is tried';

CREATE TABLE public.department (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    codes_drawn bigint DEFAULT 0 NOT NULL,
    contact text,
    CONSTRAINT department_slug_form CHECK ((slug ~ '^[a-z0-9][a-z0-9-]*$'::text))
);

COMMENT ON COLUMN public.department.contact IS 'whom to ask for help, as the public pages say it: an office, a phone, an address';

ALTER TABLE public.department ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_phone (
    number text NOT NULL,
    name text NOT NULL,
    CONSTRAINT desk_phone_number CHECK ((number ~ '^[+][1-9][0-9]{6,14}$'::text))
);

COMMENT ON TABLE public.desk_phone IS 'telephones that ring when a caller asks for a person, whatever the department';

CREATE TABLE public.detail (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    site_id bigint NOT NULL,
    rate_id bigint,
    ref text NOT NULL,
    kind text,
    pool text NOT NULL,
    minimum_minutes integer DEFAULT 0 NOT NULL,
    instructions text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    known_at timestamp with time zone,
    place_code text,
    serves_alcohol boolean,
    attendance integer,
    CONSTRAINT detail_attendance_not_negative CHECK ((attendance >= 0)),
    CONSTRAINT detail_minimum_not_negative CHECK ((minimum_minutes >= 0)),
    CONSTRAINT detail_state_known CHECK ((state = ANY (ARRAY['planned'::text, 'posted'::text, 'awarded'::text, 'finished'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.detail FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.detail.known_at IS 'when the department learnt of it; null: when it was posted';

COMMENT ON COLUMN public.detail.place_code IS 'what the site contact reads out to officers; no secret after the day';

COMMENT ON COLUMN public.detail.serves_alcohol IS 'whether alcohol is served there; null: nobody said';

COMMENT ON COLUMN public.detail.attendance IS 'how many people are expected; null: nobody said';

ALTER TABLE public.detail ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.detail_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.duty (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    queue text NOT NULL,
    kind text NOT NULL,
    subject_id bigint NOT NULL,
    fence text DEFAULT ''::text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    failure text,
    done_at timestamp with time zone
);

ALTER TABLE ONLY public.duty FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.duty.not_before IS 'real time before which a failed duty is not tried again';

ALTER TABLE public.duty ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.emergency (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    handbook_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    declared_by text NOT NULL,
    authority text NOT NULL,
    words text NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    detail_ids bigint[],
    state text DEFAULT 'declared'::text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT emergency_ends_later CHECK ((ends_at > declared_at)),
    CONSTRAINT emergency_state_known CHECK ((state = ANY (ARRAY['declared'::text, 'ended'::text])))
);

ALTER TABLE ONLY public.emergency FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.emergency.detail_ids IS 'the details it is for; null: all that start before it ends';

COMMENT ON COLUMN public.emergency.ended_by IS 'who ended it; null: its time';

ALTER TABLE public.emergency ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.emergency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.enrolment (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    number text NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    officer_id bigint,
    settled_at timestamp with time zone,
    settled_by text,
    CONSTRAINT enrolment_is_settled_by_somebody CHECK ((((state = 'asked'::text) = (settled_at IS NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL)))),
    CONSTRAINT enrolment_names_its_officer CHECK (((state = 'enrolled'::text) = (officer_id IS NOT NULL))),
    CONSTRAINT enrolment_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'enrolled'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.enrolment FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.enrolment IS 'a number that is nobody''s asked to be put on the line; a person settles it';

COMMENT ON COLUMN public.enrolment.words IS 'what its text said: the name and badge to be checked';

COMMENT ON COLUMN public.enrolment.settled_by IS 'who settled it, as the desk calls him';

ALTER TABLE public.enrolment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.event (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint,
    behalf_of_id bigint,
    channel text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    officer_id bigint,
    opening_id bigint,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    era integer DEFAULT 0 NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT event_actor_known CHECK ((actor_kind = ANY (ARRAY['officer'::text, 'contractor'::text, 'agent'::text, 'system'::text, 'carrier'::text, 'operator'::text, 'department_system'::text])))
);

ALTER TABLE ONLY public.event FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.event.era IS 'the database''s life the xid was counted in: every restore begins the next, because xids begin anew';

ALTER TABLE public.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exclusion (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    contractor_id bigint,
    site_id bigint,
    side text NOT NULL,
    from_on date NOT NULL,
    until_on date,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT exclusion_in_order CHECK ((until_on >= from_on)),
    CONSTRAINT exclusion_side_known CHECK ((side = ANY (ARRAY['officer'::text, 'contractor'::text, 'department'::text]))),
    CONSTRAINT exclusion_somewhere CHECK (((contractor_id IS NULL) <> (site_id IS NULL)))
);

ALTER TABLE ONLY public.exclusion FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.exclusion IS 'an officer is not placed with a contractor or at a site, by whose wish (side) and why; officers are told no more than that';

ALTER TABLE public.exclusion ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.exclusion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hand_off (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint,
    conversation_id bigint,
    reason text NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    call_id bigint,
    claimed_person_id bigint,
    identified_by text,
    language text,
    told jsonb DEFAULT '{}'::jsonb NOT NULL,
    done_at timestamp with time zone
);

ALTER TABLE ONLY public.hand_off FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.hand_off.call_id IS 'the call it came from; on a shared line it may be another department''s row';

COMMENT ON COLUMN public.hand_off.claimed_person_id IS 'whose number or badge it was, where nobody has shown that he is he';

COMMENT ON COLUMN public.hand_off.identified_by IS 'pin, badge_and_pin, code; badge_alone: no PIN to it; null: a number';

COMMENT ON COLUMN public.hand_off.told IS 'ids and figures: the flow and step he was in, the assignment it is about';

COMMENT ON COLUMN public.hand_off.done_at IS 'when somebody at the desk had dealt with it';

ALTER TABLE public.hand_off ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.hand_off_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.handbook (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    version integer NOT NULL,
    effective_on date NOT NULL,
    rules jsonb NOT NULL
);

ALTER TABLE ONLY public.handbook FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handbook ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.handbook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hours_count (
    department_id bigint NOT NULL,
    pool text NOT NULL,
    officer_id bigint NOT NULL,
    minutes integer DEFAULT 0 NOT NULL,
    turns integer DEFAULT 0 NOT NULL,
    points integer DEFAULT 0 NOT NULL,
    refused_minutes integer DEFAULT 0 NOT NULL,
    offered_minutes integer DEFAULT 0 NOT NULL,
    since_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT hours_count_not_negative CHECK ((minutes >= 0)),
    CONSTRAINT hours_count_others_not_negative CHECK (((turns >= 0) AND (refused_minutes >= 0) AND (offered_minutes >= 0)))
);

ALTER TABLE ONLY public.hours_count FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.hours_count.minutes IS 'hours counted: what fewest hours goes by';

COMMENT ON COLUMN public.hours_count.turns IS 'details that came to the officer and cost him his turn';

COMMENT ON COLUMN public.hours_count.points IS 'as the handbook gives them for outcomes; may be less than nothing';

COMMENT ON COLUMN public.hours_count.since_at IS 'what was charged before is of a period that ended, and is not given back';

CREATE TABLE public.invitation (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    asking_id bigint NOT NULL,
    asking_opening_id bigint NOT NULL,
    code text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    place text NOT NULL,
    pay_cents_per_hour integer,
    minimum_minutes integer NOT NULL,
    ranks text[] DEFAULT '{}'::text[] NOT NULL,
    qualifications text[] DEFAULT '{}'::text[] NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    answer_due_at timestamp with time zone NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    CONSTRAINT invitation_of_another CHECK ((asking_id <> department_id))
);

ALTER TABLE ONLY public.invitation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.invitation IS 'that another department asks for an officer: all that crosses the wall to the department invited';

COMMENT ON COLUMN public.invitation.code IS 'as the department invited knows it: the asking one''s, unless it is taken here';

COMMENT ON COLUMN public.invitation.times IS 'how often it was made';

ALTER TABLE public.invitation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.line (
    id bigint NOT NULL,
    number text NOT NULL,
    department_id bigint NOT NULL,
    messages_per_minute integer DEFAULT 240 NOT NULL,
    free_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    heard_until timestamp with time zone,
    calls_per_minute integer DEFAULT 60 NOT NULL,
    calls_free_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    mails_per_minute integer DEFAULT 600 NOT NULL,
    mails_free_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT line_calls_at_some_pace CHECK ((calls_per_minute > 0)),
    CONSTRAINT line_mail_pace_positive CHECK ((mails_per_minute > 0)),
    CONSTRAINT line_number_e164 CHECK ((number ~ '^[+][1-9][0-9]{6,14}$'::text)),
    CONSTRAINT line_pace_positive CHECK ((messages_per_minute > 0))
);

COMMENT ON COLUMN public.line.department_id IS 'the department at home on this line; others it serves are in line_department';

COMMENT ON COLUMN public.line.free_at IS 'real time at which the next message may go out: the carrier''s pace, kept per line';

COMMENT ON COLUMN public.line.heard_until IS 'the carrier''s time up to which its list of incoming texts was compared with ours';

COMMENT ON COLUMN public.line.calls_per_minute IS 'how many calls it may begin a minute';

COMMENT ON COLUMN public.line.calls_free_at IS 'real time from which it may begin the next';

COMMENT ON COLUMN public.line.mails_free_at IS 'real time at which the next mail may go out';

CREATE TABLE public.line_department (
    line_id bigint NOT NULL,
    department_id bigint NOT NULL
);

ALTER TABLE public.line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listing (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    opening_id bigint NOT NULL,
    call_out_id bigint,
    handbook_id bigint NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    facts jsonb NOT NULL,
    standby_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    never bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    base_id bigint,
    CONSTRAINT listing_kind_known CHECK ((kind = ANY (ARRAY['call_out'::text, 'announced'::text, 'refused'::text]))),
    CONSTRAINT listing_of_call_out CHECK (((kind = 'call_out'::text) = (call_out_id IS NOT NULL)))
);

ALTER TABLE ONLY public.listing FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.listing IS 'where no award is made: the facts by which officers were asked, told or refused';

COMMENT ON COLUMN public.listing.standby_ids IS 'the standbys of the award, who were asked first';

COMMENT ON COLUMN public.listing.never IS 'who was not to be asked';

COMMENT ON COLUMN public.listing.base_id IS 'the list of the same opening from which facts says only what differs';

ALTER TABLE public.listing ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.listing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mail_choice (
    department_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    address text NOT NULL,
    state text NOT NULL,
    wanted text NOT NULL,
    source text NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT mail_choice_address_bounded CHECK (((char_length(address) >= 3) AND (char_length(address) <= 254))),
    CONSTRAINT mail_choice_is_confirmed CHECK (((state <> 'confirmed'::text) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT mail_choice_only_confirmed CHECK (((wanted = 'nothing'::text) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT mail_choice_source_known CHECK ((source = ANY (ARRAY['roster'::text, 'text'::text, 'call'::text, 'link'::text, 'office'::text]))),
    CONSTRAINT mail_choice_state_known CHECK ((state = ANY (ARRAY['listed'::text, 'confirmed'::text, 'bad'::text]))),
    CONSTRAINT mail_choice_wanted_known CHECK ((wanted = ANY (ARRAY['all'::text, 'news'::text, 'backup'::text, 'nothing'::text])))
);

ALTER TABLE ONLY public.mail_choice FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.mail_choice IS 'his e-mail address and what he wants mailed to it. Each change is an event';

COMMENT ON COLUMN public.mail_choice.state IS 'listed: out of a roster, never mailed; confirmed: he gave back a code; bad: its server refused it';

COMMENT ON COLUMN public.mail_choice.source IS 'how the address, or the latest choice, came to us';

CREATE TABLE public.mail_out (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    to_address text NOT NULL,
    prompt text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    subject_kind text,
    subject_id bigint,
    state text DEFAULT 'queued'::text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    retry_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    accepted_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    failure text,
    error_code integer,
    settled_at timestamp with time zone,
    CONSTRAINT mail_out_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'failed'::text, 'withheld'::text])))
);

ALTER TABLE ONLY public.mail_out FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.mail_out IS 'mails: each a row first, then handed to the mail server';

COMMENT ON COLUMN public.mail_out.retry_at IS 'real time before which the mail server is not asked again';

COMMENT ON COLUMN public.mail_out.accepted_at IS 'when the mail server took it';

ALTER TABLE public.mail_out ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.mail_out_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_in (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    person_id bigint,
    sid text NOT NULL,
    from_number text NOT NULL,
    body text NOT NULL,
    media jsonb DEFAULT '[]'::jsonb NOT NULL,
    raw jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.message_in FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_in ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_out (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    person_id bigint,
    to_number text NOT NULL,
    prompt text NOT NULL,
    body text NOT NULL,
    segments integer NOT NULL,
    subject_kind text,
    subject_id bigint,
    state text DEFAULT 'queued'::text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    retry_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    accepted_at timestamp with time zone,
    sid text,
    attempts integer DEFAULT 0 NOT NULL,
    failure text,
    error_code integer,
    settled_at timestamp with time zone,
    CONSTRAINT message_out_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'sent'::text, 'delivered'::text, 'undelivered'::text, 'failed'::text, 'withheld'::text])))
);

ALTER TABLE ONLY public.message_out FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.message_out.retry_at IS 'real time before which the carrier is not asked again';

COMMENT ON COLUMN public.message_out.accepted_at IS 'when the carrier took it: an answer''s time runs from here';

ALTER TABLE public.message_out ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_out_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_status (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    message_out_id bigint NOT NULL,
    sid text NOT NULL,
    status text NOT NULL,
    error_code integer,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.message_status FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_status ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_status_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.news_waiting (
    department_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    opening_id bigint NOT NULL
);

ALTER TABLE ONLY public.news_waiting FORCE ROW LEVEL SECURITY;

CREATE TABLE public.offer (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    slot_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    drop_id bigint,
    handbook_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    ended_at timestamp with time zone,
    call_out_id bigint,
    step integer DEFAULT 0 NOT NULL,
    is_owed boolean DEFAULT false NOT NULL,
    listing_id bigint,
    counted_in text,
    CONSTRAINT offer_expires_later CHECK ((expires_at > made_at)),
    CONSTRAINT offer_state_known CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'unreachable'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.offer FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.offer.is_owed IS 'it is put to an officer who was wrongly passed over, before the award';

COMMENT ON COLUMN public.offer.listing_id IS 'the list by which he was asked; null: the first of its call-out, or none';

COMMENT ON COLUMN public.offer.counted_in IS 'the pool that what he says counts in, where that is not the pool of its detail';

ALTER TABLE public.offer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.officer (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    ref text NOT NULL,
    badge text NOT NULL,
    rank text NOT NULL,
    seniority_on date NOT NULL,
    rank_on date,
    unit text,
    status text DEFAULT 'active'::text NOT NULL,
    job_class text
);

ALTER TABLE ONLY public.officer FORCE ROW LEVEL SECURITY;

ALTER TABLE public.officer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.officer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.officer_status (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    status text NOT NULL,
    from_on date NOT NULL,
    until_on date,
    CONSTRAINT officer_status_in_order CHECK ((until_on >= from_on))
);

ALTER TABLE ONLY public.officer_status FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.officer_status IS 'a status for a time, first and last day; officer.status holds on all other days';

ALTER TABLE public.officer_status ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.officer_status_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.one_time_code (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    purpose text NOT NULL,
    number text NOT NULL,
    code text NOT NULL,
    until_at timestamp with time zone,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT one_time_code_is_six_figures CHECK ((code ~ '^[0-9]{6}$'::text)),
    CONSTRAINT one_time_code_purpose_known CHECK ((purpose = ANY (ARRAY['pin'::text, 'temporary'::text, 'email'::text])))
);

COMMENT ON TABLE public.one_time_code IS 'texted to a number, and given back by whoever has it; good for minutes';

COMMENT ON COLUMN public.one_time_code.number IS 'where it was sent: a phone number, or an e-mail address';

COMMENT ON COLUMN public.one_time_code.until_at IS 'of a temporary number: until when it is asked for';

ALTER TABLE public.one_time_code ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.one_time_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.opening (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    detail_id bigint NOT NULL,
    code text NOT NULL,
    code_retired_at timestamp with time zone,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ranks text[] DEFAULT '{}'::text[] NOT NULL,
    qualifications text[] DEFAULT '{}'::text[] NOT NULL,
    unit text,
    turns_ordinary_at timestamp with time zone,
    pay_cents_per_hour integer,
    relief_id bigint,
    CONSTRAINT opening_code_digits CHECK ((code ~ '^[0-9]{4,6}$'::text)),
    CONSTRAINT opening_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT opening_pay_not_negative CHECK ((pay_cents_per_hour >= 0))
);

ALTER TABLE ONLY public.opening FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.opening.turns_ordinary_at IS 'when slots nobody of its ranks has signed up for are for anybody; never if null';

COMMENT ON COLUMN public.opening.pay_cents_per_hour IS 'what officers are told, if it is not the rate of the detail';

COMMENT ON COLUMN public.opening.relief_id IS 'the rest of a detail that somebody hands over: nothing the contractor ordered';

ALTER TABLE public.opening ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.opening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.opt_out (
    line_id bigint NOT NULL,
    number text NOT NULL,
    opted_out_at timestamp with time zone NOT NULL,
    wording text NOT NULL
);

CREATE TABLE public.outbound_call (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    to_number text NOT NULL,
    why text NOT NULL,
    subject_id bigint NOT NULL,
    fence text DEFAULT ''::text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    rings_from smallint,
    rings_until smallint,
    ring_seconds smallint NOT NULL,
    leaves_message boolean NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    retry_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    placed_at timestamp with time zone,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    sid text,
    attempts integer DEFAULT 0 NOT NULL,
    heard text DEFAULT 'nothing'::text NOT NULL,
    answer text,
    outcome text,
    failure text,
    error_code integer,
    rang_back_at timestamp with time zone,
    CONSTRAINT outbound_call_answer_known CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text, 'answered'::text]))),
    CONSTRAINT outbound_call_ends_with_outcome CHECK (((state = 'ended'::text) = (outcome IS NOT NULL))),
    CONSTRAINT outbound_call_heard_known CHECK ((heard = ANY (ARRAY['nothing'::text, 'greeting'::text, 'matter'::text, 'message'::text]))),
    CONSTRAINT outbound_call_outcome_known CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'answered'::text, 'heard_and_hung_up'::text, 'left_message'::text, 'hung_up_before_input'::text, 'machine'::text, 'no_answer'::text, 'busy'::text, 'failed'::text, 'not_attempted'::text]))),
    CONSTRAINT outbound_call_rings_in_hours CHECK (((rings_from IS NULL) = (rings_until IS NULL))),
    CONSTRAINT outbound_call_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'placing'::text, 'ringing'::text, 'answered'::text, 'ended'::text]))),
    CONSTRAINT outbound_call_why_known CHECK ((why = ANY (ARRAY['award'::text, 'offer'::text, 'reminder'::text, 'late'::text, 'welfare'::text])))
);

ALTER TABLE ONLY public.outbound_call FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.outbound_call.subject_id IS 'the assignment, or for an offer the offer';

COMMENT ON COLUMN public.outbound_call.fence IS 'which call about that subject: the same twice is one';

COMMENT ON COLUMN public.outbound_call.until_at IS 'when it is too late to call';

COMMENT ON COLUMN public.outbound_call.rings_from IS 'minute of the local day from which it may ring; null: any hour';

COMMENT ON COLUMN public.outbound_call.retry_at IS 'real time before which the carrier is not asked again';

COMMENT ON COLUMN public.outbound_call.heard IS 'how much was said to whoever answered';

COMMENT ON COLUMN public.outbound_call.rang_back_at IS 'when he called us and heard it: he is not called about it again';

ALTER TABLE public.outbound_call ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbound_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbound_call_status (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    outbound_call_id bigint NOT NULL,
    sid text NOT NULL,
    status text NOT NULL,
    error_code integer,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.outbound_call_status FORCE ROW LEVEL SECURITY;

ALTER TABLE public.outbound_call_status ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbound_call_status_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.owed_detail (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    handbook_id bigint NOT NULL,
    owed_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    decided_by text NOT NULL,
    words text NOT NULL,
    offer_id bigint,
    state text DEFAULT 'owed'::text NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT owed_detail_state_known CHECK ((state = ANY (ARRAY['owed'::text, 'offered'::text, 'used'::text, 'refused'::text, 'run_out'::text])))
);

ALTER TABLE ONLY public.owed_detail FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.owed_detail.opening_id IS 'what he should have had';

COMMENT ON COLUMN public.owed_detail.offer_id IS 'the offer by which it was last put to him';

ALTER TABLE public.owed_detail ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.owed_detail_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.penalty (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    assignment_id bigint,
    kind text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    step integer DEFAULT 0 NOT NULL,
    imposed_by text,
    words text,
    appealed_at timestamp with time zone,
    appeal text,
    upheld_at timestamp with time zone,
    CONSTRAINT penalty_follows_from_something CHECK (((assignment_id IS NOT NULL) OR (imposed_by IS NOT NULL))),
    CONSTRAINT penalty_kind_known CHECK ((kind = ANY (ARRAY['late_drop'::text, 'no_show'::text, 'same_day'::text, 'by_hand'::text, 'drop'::text, 'late'::text]))),
    CONSTRAINT penalty_until_not_before_from CHECK ((until_at >= from_at))
);

ALTER TABLE ONLY public.penalty FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.penalty.until_at IS 'equal to from_at: a warning, which bars from nothing and counts as a step';

COMMENT ON COLUMN public.penalty.step IS 'which step of the ladder of the handbook it was, from 1; 0: there was none';

ALTER TABLE public.penalty ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.penalty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.person (
    id bigint NOT NULL,
    name text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL
);

ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.phone (
    number text NOT NULL,
    person_id bigint NOT NULL,
    place integer DEFAULT 1 NOT NULL,
    state text DEFAULT 'good'::text NOT NULL,
    added_at timestamp with time zone,
    until_at timestamp with time zone,
    CONSTRAINT phone_number_e164 CHECK ((number ~ '^[+][1-9][0-9]{6,14}$'::text)),
    CONSTRAINT phone_state_known CHECK ((state = ANY (ARRAY['good'::text, 'bad'::text, 'landline'::text])))
);

COMMENT ON COLUMN public.phone.place IS '1 is where we text first';

COMMENT ON COLUMN public.phone.added_at IS 'null for his first numbers and for those from before this was kept';

COMMENT ON COLUMN public.phone.until_at IS 'null for a number that is his for good';

CREATE TABLE public.pin (
    person_id bigint NOT NULL,
    hash text,
    must_change boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone,
    set_at timestamp with time zone,
    proposed_hash text,
    CONSTRAINT pin_is_hashed CHECK (((hash ~~ '$argon2id$%'::text) AND (proposed_hash ~~ '$argon2id$%'::text)))
);

COMMENT ON COLUMN public.pin.must_change IS 'somebody else knows it: it is for one call, in which he chooses another';

COMMENT ON COLUMN public.pin.proposed_hash IS 'a new one that was keyed once and waits to be keyed again';

CREATE TABLE public.pin_try (
    id bigint NOT NULL,
    person_id bigint,
    number text NOT NULL,
    tried_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    was_right boolean DEFAULT false NOT NULL
);

COMMENT ON TABLE public.pin_try IS 'a PIN was keyed; written aside, so that a turn that is undone does not undo it';

COMMENT ON COLUMN public.pin_try.person_id IS 'null for a badge that nobody wears; no key, because it is written aside';

ALTER TABLE public.pin_try ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pin_try_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pool_member (
    department_id bigint NOT NULL,
    pool text NOT NULL,
    officer_id bigint NOT NULL,
    joined_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.pool_member FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.pool_member IS 'who joined a pool that the handbook keeps for those who did';

CREATE TABLE public.posting (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    detail_id bigint NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    award_at timestamp with time zone NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    award_id bigint,
    band text DEFAULT ''::text NOT NULL,
    method text DEFAULT 'batch'::text NOT NULL,
    notice jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT posting_award_after_close CHECK ((award_at >= closes_at)),
    CONSTRAINT posting_closes_after_posted CHECK ((closes_at > posted_at)),
    CONSTRAINT posting_method_known CHECK ((method = ANY (ARRAY['batch'::text, 'first_come'::text, 'ladder'::text, 'phone_tree'::text]))),
    CONSTRAINT posting_state_known CHECK ((state = ANY (ARRAY['planned'::text, 'open'::text, 'closed'::text, 'awarded'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.posting FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.posting.band IS 'the notice band it fell into, by the handbook of the day it was planned';

COMMENT ON COLUMN public.posting.notice IS 'the figures that put it there';

ALTER TABLE public.posting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.qualification (
    department_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    name text NOT NULL,
    expires_on date
);

ALTER TABLE ONLY public.qualification FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rate (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    ref text NOT NULL,
    name text NOT NULL,
    pay_cents_per_hour integer NOT NULL,
    CONSTRAINT rate_not_negative CHECK ((pay_cents_per_hour >= 0))
);

ALTER TABLE ONLY public.rate FORCE ROW LEVEL SECURITY;

ALTER TABLE public.rate ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.recording (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    person_id bigint NOT NULL,
    state text NOT NULL,
    keep_days integer NOT NULL,
    sid text,
    seconds integer,
    stop_asked boolean DEFAULT false NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    started_at timestamp with time zone,
    stopped_at timestamp with time zone,
    delete_at timestamp with time zone,
    deleted_at timestamp with time zone,
    delete_because text,
    retry_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    failure text,
    CONSTRAINT recording_kept CHECK (((state = 'stopped'::text) <= (delete_at IS NOT NULL))),
    CONSTRAINT recording_sid CHECK (((state = ANY (ARRAY['running'::text, 'stopping'::text, 'stopped'::text, 'deleted'::text])) <= (sid IS NOT NULL))),
    CONSTRAINT recording_state_known CHECK ((state = ANY (ARRAY['wanted'::text, 'starting'::text, 'running'::text, 'stopping'::text, 'stopped'::text, 'deleted'::text, 'unmade'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.recording FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.recording IS 'one stretch of a call that the carrier recorded; the sound lies there, and only there';

COMMENT ON COLUMN public.recording.keep_days IS 'by the handbook that held when it began';

COMMENT ON COLUMN public.recording.delete_because IS 'why it goes before its time';

CREATE TABLE public.recording_consent (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    person_id bigint,
    word text NOT NULL,
    announcement text NOT NULL,
    wording text NOT NULL,
    language text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT recording_consent_word_known CHECK ((word = ANY (ARRAY['announced'::text, 'agreed'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.recording_consent FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.recording_consent IS 'announced: he was told; agreed: he went on; refused: he objected. Never changed';

COMMENT ON COLUMN public.recording_consent.announcement IS 'the name that the department gives the announcement';

COMMENT ON COLUMN public.recording_consent.wording IS 'the hash of the words that were spoken';

ALTER TABLE public.recording_consent ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.recording_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.recording ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.recording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.relief (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    colleague_id bigint,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT relief_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'taken'::text, 'handed_over'::text, 'unfilled'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.relief FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.relief.colleague_id IS 'whom he named to be asked first';

ALTER TABLE public.relief ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.relief_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.restoration (
    era integer NOT NULL,
    backed_up_at timestamp with time zone NOT NULL,
    restored_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT restoration_era_positive CHECK ((era > 0))
);

COMMENT ON TABLE public.restoration IS 'every time the records came back out of a backup; the highest era is the present one';

CREATE TABLE public.retention (
    department_id bigint NOT NULL,
    kind text NOT NULL,
    days integer,
    up_to_id bigint DEFAULT 0 NOT NULL,
    CONSTRAINT retention_days_positive CHECK ((days > 0))
);

ALTER TABLE ONLY public.retention FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.retention.days IS 'how long this department keeps it; null: as long as everybody (models/line/retention.py)';

COMMENT ON COLUMN public.retention.up_to_id IS 'what has this id or a lower one was dealt with';

CREATE TABLE public.rotation (
    department_id bigint NOT NULL,
    pool text NOT NULL,
    officer_id bigint NOT NULL,
    place bigint NOT NULL,
    base_place bigint,
    owed integer DEFAULT 0 NOT NULL,
    CONSTRAINT rotation_owed_not_negative CHECK ((owed >= 0))
);

ALTER TABLE ONLY public.rotation FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.rotation.place IS 'lower is sooner; the bottom is one more than the highest, so a place once left stays free to return to';

COMMENT ON COLUMN public.rotation.base_place IS 'the order in which officers came into the rotation; a reset may return to it';

COMMENT ON COLUMN public.rotation.owed IS 'calls that the officer is owed where the pool''s rotation is a circle';

CREATE TABLE public.seal (
    department_id bigint NOT NULL,
    "position" bigint NOT NULL,
    event_id bigint NOT NULL,
    event_era integer NOT NULL,
    event_xid xid8 NOT NULL,
    hash text NOT NULL
);

ALTER TABLE ONLY public.seal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.signup (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    opening_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    preference integer,
    signed_up_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT signup_preference_positive CHECK ((preference > 0))
);

ALTER TABLE ONLY public.signup FORCE ROW LEVEL SECURITY;

ALTER TABLE public.signup ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.signup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.site (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    contractor_id bigint NOT NULL,
    ref text NOT NULL,
    name text NOT NULL,
    address text,
    contact_name text,
    contact_number text,
    area text,
    phone text,
    asks_proof boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.site FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.site.area IS 'what the handbook reckons the way between posts by';

COMMENT ON COLUMN public.site.phone IS 'its own telephone, on the spot: a call from it shows that somebody is there';

COMMENT ON COLUMN public.site.asks_proof IS 'whether officers show that they are there, where the handbook leaves it to sites';

ALTER TABLE public.site ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.slot (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    opening_id bigint NOT NULL,
    number integer NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    CONSTRAINT slot_state_known CHECK ((state = ANY (ARRAY['open'::text, 'held'::text, 'unfilled'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.slot FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.slot.number IS 'n of the detail''s slots, counted from 1 over all its openings';

ALTER TABLE public.slot ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.slot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.standing_order (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    kinds text[] DEFAULT '{}'::text[] NOT NULL,
    weekdays integer[] DEFAULT '{}'::integer[] NOT NULL,
    least_minutes integer,
    most_minutes integer,
    from_minute integer,
    until_minute integer,
    placed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT standing_order_weekdays_known CHECK ((weekdays <@ ARRAY[0, 1, 2, 3, 4, 5, 6]))
);

ALTER TABLE ONLY public.standing_order FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.standing_order.weekdays IS 'Monday 0; empty for every day';

COMMENT ON COLUMN public.standing_order.from_minute IS 'of the local day, the earliest start';

ALTER TABLE public.standing_order ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.standing_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.swap_request (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    colleague_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    ended_at timestamp with time zone,
    decided_by text,
    words text,
    CONSTRAINT swap_request_decided_by_somebody CHECK (((state = 'open'::text) = (decided_by IS NULL))),
    CONSTRAINT swap_request_state_known CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.swap_request FORCE ROW LEVEL SECURITY;

ALTER TABLE public.swap_request ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.swap_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.telling_choice (
    department_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    quiet_from integer,
    quiet_until integer,
    digest integer,
    urgent_only boolean DEFAULT false NOT NULL,
    CONSTRAINT telling_choice_quiet_whole CHECK (((quiet_from IS NULL) = (quiet_until IS NULL)))
);

ALTER TABLE ONLY public.telling_choice FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.telling_choice.quiet_from IS 'minute of the local day; the same as quiet_until where he wants none';

COMMENT ON COLUMN public.telling_choice.digest IS 'minute of the local day; -1 for each detail as it is posted';

CREATE TABLE public.tour (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    kind text DEFAULT 'duty'::text NOT NULL,
    during tstzrange NOT NULL,
    source_id bigint,
    leave_kind text,
    may_be_called boolean DEFAULT false NOT NULL,
    CONSTRAINT tour_during_bounded CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during)))),
    CONSTRAINT tour_leave_kind_known CHECK ((leave_kind = ANY (ARRAY['vacation'::text, 'sick'::text, 'injured'::text, 'military'::text, 'bereavement'::text, 'training'::text, 'union'::text, 'other'::text]))),
    CONSTRAINT tour_leave_kind_of_leave CHECK (((leave_kind IS NULL) OR (kind = 'leave'::text)))
);

ALTER TABLE ONLY public.tour FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.tour.source_id IS 'who brought it; none for tours of a bundle';

COMMENT ON COLUMN public.tour.leave_kind IS 'what kind of leave it is; null of leave: nobody said';

COMMENT ON COLUMN public.tour.may_be_called IS 'the officer''s own choice to be asked while on leave';

ALTER TABLE public.tour ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tour_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tour_source (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    mapping jsonb DEFAULT '{}'::jsonb NOT NULL,
    url text,
    every_minutes integer,
    fetch_at timestamp with time zone,
    fetched_at timestamp with time zone,
    etag text,
    last_modified text,
    trouble text,
    token_digest text,
    CONSTRAINT tour_source_every_positive CHECK ((every_minutes > 0)),
    CONSTRAINT tour_source_feed_is_fetched CHECK (((url IS NULL) = (fetch_at IS NULL)))
);

ALTER TABLE ONLY public.tour_source FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.tour_source.fetch_at IS 'when the feed is asked next';

COMMENT ON COLUMN public.tour_source.token_digest IS 'SHA-256 of the secret part of the token with which a system may push';

ALTER TABLE public.tour_source ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tour_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.turn (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    number integer NOT NULL,
    message_in_id bigint,
    message_out_id bigint,
    understood jsonb NOT NULL,
    flow text,
    step text,
    happened_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.turn FORCE ROW LEVEL SECURITY;

ALTER TABLE public.turn ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.turn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.verdict (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    award_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    outcome text NOT NULL,
    place integer,
    reason text NOT NULL,
    figures jsonb NOT NULL,
    CONSTRAINT verdict_outcome_known CHECK ((outcome = ANY (ARRAY['awarded'::text, 'standby'::text, 'not_awarded'::text, 'ineligible'::text])))
);

ALTER TABLE ONLY public.verdict FORCE ROW LEVEL SECURITY;

ALTER TABLE public.verdict ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.verdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.waiting (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    hand_off text NOT NULL,
    person_id bigint,
    number text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    ended_at timestamp with time zone,
    recording_sid text,
    recording_url text,
    recording_seconds integer,
    transcript text,
    urgent boolean DEFAULT false NOT NULL,
    CONSTRAINT waiting_message CHECK (((state = 'message'::text) <= (recording_url IS NOT NULL))),
    CONSTRAINT waiting_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'leaving_message'::text, 'wants_call'::text, 'message'::text, 'answered'::text, 'left'::text, 'done'::text]))),
    CONSTRAINT waiting_taken CHECK (((state = 'answered'::text) <= (taken_at IS NOT NULL)))
);

ALTER TABLE ONLY public.waiting FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.waiting IS 'a caller who asked for a person; who asks to be called back keeps the place of entered_at';

COMMENT ON COLUMN public.waiting.hand_off IS 'the department and the id of the hand-off that says why';

COMMENT ON COLUMN public.waiting.person_id IS 'who was identified, else whose number it is: then a hint';

COMMENT ON COLUMN public.waiting.urgent IS 'before whoever is not: a detail of his is near or goes on, or an emergency';

ALTER TABLE public.waiting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.waiting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.welfare_check (
    department_id bigint NOT NULL,
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT welfare_check_ended CHECK (((state = ANY (ARRAY['answered'::text, 'over'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT welfare_check_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'alarmed'::text, 'answered'::text, 'over'::text])))
);

ALTER TABLE ONLY public.welfare_check FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.welfare_check.due_at IS 'until when he is waited for before the next thing is tried';

ALTER TABLE public.welfare_check ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.welfare_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.assignment_drop
    ADD CONSTRAINT assignment_drop_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_one_place_at_a_time EXCLUDE USING gist (int8range(person_id, person_id, '[]'::text) WITH &&, during WITH &&) WHERE ((state = ANY (ARRAY['awarded'::text, 'confirmed'::text, 'checked_in'::text, 'checked_out'::text, 'verified'::text, 'paid'::text])));

COMMENT ON CONSTRAINT assignment_one_place_at_a_time ON public.assignment IS 'a person is never in two places: over the person, so that it holds across departments too';

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.call_choice
    ADD CONSTRAINT call_choice_pk PRIMARY KEY (department_id, officer_id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_once UNIQUE (department_id, sid);

ALTER TABLE ONLY public.call_out
    ADD CONSTRAINT call_out_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.call_turn
    ADD CONSTRAINT call_turn_once UNIQUE (department_id, call_id, token);

ALTER TABLE ONLY public.call_turn
    ADD CONSTRAINT call_turn_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.contractor
    ADD CONSTRAINT contractor_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.contractor
    ADD CONSTRAINT contractor_ref_unique UNIQUE (department_id, ref);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_once UNIQUE (department_id, person_id, line_id, channel);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.counter_turn
    ADD CONSTRAINT counter_turn_pk PRIMARY KEY (department_id, pool, starts_on);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_slug_unique UNIQUE (slug);

ALTER TABLE ONLY public.desk_phone
    ADD CONSTRAINT desk_phone_pk PRIMARY KEY (number);

ALTER TABLE ONLY public.detail
    ADD CONSTRAINT detail_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.detail
    ADD CONSTRAINT detail_ref_unique UNIQUE (department_id, ref);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_once UNIQUE (department_id, kind, subject_id, fence);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.emergency
    ADD CONSTRAINT emergency_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT enrolment_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_once UNIQUE NULLS NOT DISTINCT (department_id, officer_id, contractor_id, site_id, side, from_on);

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_version_unique UNIQUE (department_id, version);

ALTER TABLE ONLY public.hours_count
    ADD CONSTRAINT hours_count_pk PRIMARY KEY (department_id, pool, officer_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_once UNIQUE (department_id, asking_id, asking_opening_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.line_department
    ADD CONSTRAINT line_department_pk PRIMARY KEY (line_id, department_id);

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_number_unique UNIQUE (number);

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.mail_choice
    ADD CONSTRAINT mail_choice_pk PRIMARY KEY (department_id, officer_id);

ALTER TABLE ONLY public.mail_out
    ADD CONSTRAINT mail_out_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.message_in
    ADD CONSTRAINT message_in_once UNIQUE (department_id, sid);

ALTER TABLE ONLY public.message_in
    ADD CONSTRAINT message_in_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.message_out
    ADD CONSTRAINT message_out_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.message_out
    ADD CONSTRAINT message_out_sid_unique UNIQUE (department_id, sid);

ALTER TABLE ONLY public.message_status
    ADD CONSTRAINT message_status_once UNIQUE (department_id, sid, status);

ALTER TABLE ONLY public.message_status
    ADD CONSTRAINT message_status_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.news_waiting
    ADD CONSTRAINT news_waiting_pk PRIMARY KEY (department_id, officer_id, opening_id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_badge_unique UNIQUE (department_id, badge);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_is_person UNIQUE (department_id, id, person_id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_person_unique UNIQUE (department_id, person_id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_ref_unique UNIQUE (department_id, ref);

ALTER TABLE ONLY public.officer_status
    ADD CONSTRAINT officer_status_once UNIQUE (department_id, officer_id, from_on);

ALTER TABLE ONLY public.officer_status
    ADD CONSTRAINT officer_status_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.one_time_code
    ADD CONSTRAINT one_time_code_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.opening
    ADD CONSTRAINT opening_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.opt_out
    ADD CONSTRAINT opt_out_pk PRIMARY KEY (line_id, number);

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_once UNIQUE (department_id, why, subject_id, fence);

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_sid_unique UNIQUE (department_id, sid);

ALTER TABLE ONLY public.outbound_call_status
    ADD CONSTRAINT outbound_call_status_once UNIQUE (department_id, sid, status);

ALTER TABLE ONLY public.outbound_call_status
    ADD CONSTRAINT outbound_call_status_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_once UNIQUE (department_id, officer_id, opening_id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.penalty
    ADD CONSTRAINT penalty_once UNIQUE (department_id, assignment_id, kind);

ALTER TABLE ONLY public.penalty
    ADD CONSTRAINT penalty_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.phone
    ADD CONSTRAINT phone_pk PRIMARY KEY (number);

ALTER TABLE ONLY public.phone
    ADD CONSTRAINT phone_place_unique UNIQUE (person_id, place);

ALTER TABLE ONLY public.pin
    ADD CONSTRAINT pin_pk PRIMARY KEY (person_id);

ALTER TABLE ONLY public.pin_try
    ADD CONSTRAINT pin_try_pk PRIMARY KEY (id);

ALTER TABLE ONLY public.pool_member
    ADD CONSTRAINT pool_member_pk PRIMARY KEY (department_id, officer_id, pool);

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.qualification
    ADD CONSTRAINT qualification_pk PRIMARY KEY (department_id, officer_id, name);

ALTER TABLE ONLY public.rate
    ADD CONSTRAINT rate_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.rate
    ADD CONSTRAINT rate_ref_unique UNIQUE (department_id, ref);

ALTER TABLE ONLY public.recording_consent
    ADD CONSTRAINT recording_consent_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.recording
    ADD CONSTRAINT recording_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.recording
    ADD CONSTRAINT recording_sid_once UNIQUE (department_id, sid);

ALTER TABLE ONLY public.relief
    ADD CONSTRAINT relief_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.restoration
    ADD CONSTRAINT restoration_pk PRIMARY KEY (era);

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_pk PRIMARY KEY (department_id, kind);

ALTER TABLE ONLY public.rotation
    ADD CONSTRAINT rotation_pk PRIMARY KEY (department_id, pool, officer_id);

ALTER TABLE ONLY public.rotation
    ADD CONSTRAINT rotation_place_unique UNIQUE (department_id, pool, place) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.seal
    ADD CONSTRAINT seal_event_once UNIQUE (department_id, event_id);

ALTER TABLE ONLY public.seal
    ADD CONSTRAINT seal_pk PRIMARY KEY (department_id, "position");

ALTER TABLE ONLY public.signup
    ADD CONSTRAINT signup_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_ref_unique UNIQUE (department_id, ref);

ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_number_unique UNIQUE (department_id, opening_id, number);

ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.standing_order
    ADD CONSTRAINT standing_order_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.swap_request
    ADD CONSTRAINT swap_request_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.telling_choice
    ADD CONSTRAINT telling_choice_pk PRIMARY KEY (department_id, officer_id);

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_once UNIQUE (department_id, officer_id, kind, during);

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.tour_source
    ADD CONSTRAINT tour_source_name_unique UNIQUE (department_id, name);

ALTER TABLE ONLY public.tour_source
    ADD CONSTRAINT tour_source_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.turn
    ADD CONSTRAINT turn_number_unique UNIQUE (department_id, conversation_id, number);

ALTER TABLE ONLY public.turn
    ADD CONSTRAINT turn_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_once UNIQUE (department_id, opening_id, officer_id, award_id);

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT waiting_pk PRIMARY KEY (department_id, id);

ALTER TABLE ONLY public.welfare_check
    ADD CONSTRAINT welfare_check_pk PRIMARY KEY (department_id, id);

CREATE UNIQUE INDEX assignment_drop_one_open ON public.assignment_drop USING btree (department_id, assignment_id) WHERE (state <> 'withdrawn'::text);

CREATE INDEX assignment_of_officer ON public.assignment USING btree (department_id, officer_id, ended_at);

CREATE INDEX assignment_of_opening ON public.assignment USING btree (department_id, opening_id);

CREATE INDEX assignment_of_person ON public.assignment USING btree (person_id, upper(during)) WHERE (state = ANY (ARRAY['awarded'::text, 'confirmed'::text, 'checked_in'::text, 'checked_out'::text, 'verified'::text, 'paid'::text]));

CREATE UNIQUE INDEX assignment_one_holder ON public.assignment USING btree (department_id, slot_id) WHERE (state = ANY (ARRAY['awarded'::text, 'confirmed'::text, 'checked_in'::text, 'checked_out'::text, 'verified'::text, 'paid'::text]));

CREATE UNIQUE INDEX attendance_once ON public.attendance USING btree (department_id, assignment_id, kind) WHERE (superseded_at IS NULL);

CREATE INDEX call_of_person ON public.call USING btree (department_id, person_id, began_at);

CREATE INDEX call_out_of_opening ON public.call_out USING btree (department_id, opening_id);

CREATE UNIQUE INDEX call_out_one_running ON public.call_out USING btree (department_id, opening_id) WHERE (state = 'running'::text);

CREATE INDEX call_under_way ON public.call USING btree (department_id, state, began_at) WHERE (state <> 'ended'::text);

CREATE UNIQUE INDEX consent_holds_once ON public.consent USING btree (department_id, number) WHERE (withdrawn_at IS NULL);

CREATE UNIQUE INDEX contact_of_message ON public.contact USING btree (department_id, message_out_id) WHERE (message_out_id IS NOT NULL);

CREATE INDEX contact_of_officer ON public.contact USING btree (department_id, officer_id, id);

CREATE INDEX contact_of_opening ON public.contact USING btree (department_id, opening_id, officer_id, id);

CREATE INDEX duty_due ON public.duty USING btree (department_id, queue, due_at, id) WHERE (done_at IS NULL);

CREATE UNIQUE INDEX emergency_one_declared ON public.emergency USING btree (department_id) WHERE (state = 'declared'::text);

CREATE UNIQUE INDEX enrolment_asked_once ON public.enrolment USING btree (department_id, number) WHERE (state = 'asked'::text);

CREATE INDEX event_of_officer ON public.event USING btree (department_id, officer_id, id) WHERE (officer_id IS NOT NULL);

CREATE INDEX event_of_opening ON public.event USING btree (department_id, opening_id) WHERE (opening_id IS NOT NULL);

CREATE INDEX event_of_subject ON public.event USING btree (department_id, subject_kind, subject_id);

CREATE INDEX event_to_seal ON public.event USING btree (department_id, era, xid, id);

CREATE INDEX hand_off_by_time ON public.hand_off USING btree (department_id, handed_at);

CREATE INDEX hand_off_open ON public.hand_off USING btree (department_id, urgent, handed_at) WHERE (done_at IS NULL);

CREATE INDEX invitation_by_code ON public.invitation USING btree (department_id, code, answer_due_at);

CREATE INDEX listing_at ON public.listing USING btree (department_id, listed_at);

CREATE INDEX listing_of_opening ON public.listing USING btree (department_id, opening_id, id);

CREATE INDEX mail_out_due ON public.mail_out USING btree (department_id, line_id, due_at, id) WHERE (state = 'queued'::text);

CREATE INDEX mail_out_of_officer ON public.mail_out USING btree (department_id, officer_id, made_at);

CREATE INDEX mail_out_of_subject ON public.mail_out USING btree (department_id, subject_kind, subject_id);

CREATE INDEX mail_out_sending ON public.mail_out USING btree (department_id, claimed_at) WHERE (state = 'sending'::text);

CREATE INDEX message_in_of_person ON public.message_in USING btree (department_id, person_id, received_at);

CREATE INDEX message_out_due ON public.message_out USING btree (department_id, line_id, due_at, id) WHERE (state = 'queued'::text);

CREATE INDEX message_out_of_person ON public.message_out USING btree (department_id, person_id, made_at);

CREATE INDEX message_out_of_subject ON public.message_out USING btree (department_id, subject_kind, subject_id);

CREATE INDEX message_out_sending ON public.message_out USING btree (department_id, claimed_at) WHERE (state = 'sending'::text);

CREATE INDEX message_out_unsettled ON public.message_out USING btree (department_id, claimed_at) WHERE ((state = ANY (ARRAY['accepted'::text, 'sent'::text])) AND (subject_kind = ANY (ARRAY['assignment'::text, 'offer'::text])));

CREATE INDEX message_status_of_message ON public.message_status USING btree (department_id, message_out_id);

CREATE INDEX offer_of_opening ON public.offer USING btree (department_id, opening_id, officer_id);

CREATE INDEX offer_of_slot ON public.offer USING btree (department_id, slot_id);

CREATE UNIQUE INDEX offer_one_accepted ON public.offer USING btree (department_id, slot_id, drop_id) WHERE (state = 'accepted'::text);

CREATE UNIQUE INDEX offer_one_open ON public.offer USING btree (department_id, slot_id, officer_id) WHERE (state = 'open'::text);

CREATE INDEX offer_open_of_officer ON public.offer USING btree (department_id, officer_id) WHERE (state = 'open'::text);

CREATE INDEX one_time_code_of_person ON public.one_time_code USING btree (person_id, purpose, id);

CREATE UNIQUE INDEX opening_code_live ON public.opening USING btree (department_id, code) WHERE (code_retired_at IS NULL);

CREATE INDEX opening_of_detail ON public.opening USING btree (department_id, detail_id);

CREATE INDEX opening_of_relief ON public.opening USING btree (department_id, relief_id) WHERE (relief_id IS NOT NULL);

CREATE INDEX opening_starts ON public.opening USING btree (department_id, starts_at);

CREATE INDEX outbound_call_due ON public.outbound_call USING btree (department_id, line_id, due_at, id) WHERE (state = 'queued'::text);

CREATE INDEX outbound_call_of_subject ON public.outbound_call USING btree (department_id, why, subject_id);

CREATE INDEX outbound_call_placing ON public.outbound_call USING btree (department_id, claimed_at) WHERE (state = 'placing'::text);

CREATE INDEX outbound_call_under_way ON public.outbound_call USING btree (department_id, claimed_at) WHERE (state = ANY (ARRAY['ringing'::text, 'answered'::text]));

CREATE INDEX owed_detail_to_offer ON public.owed_detail USING btree (department_id, id) WHERE (state = 'owed'::text);

CREATE INDEX penalty_of_officer ON public.penalty USING btree (department_id, officer_id, until_at);

CREATE INDEX pin_try_by_age ON public.pin_try USING btree (tried_at);

CREATE INDEX pin_try_of_number ON public.pin_try USING btree (number, tried_at);

CREATE INDEX pin_try_of_person ON public.pin_try USING btree (person_id, tried_at);

CREATE UNIQUE INDEX posting_one_live ON public.posting USING btree (department_id, detail_id) WHERE (state <> 'withdrawn'::text);

CREATE INDEX posting_under_way ON public.posting USING btree (department_id, award_at, detail_id) WHERE (state = ANY (ARRAY['open'::text, 'closed'::text]));

CREATE INDEX recording_consent_of_call ON public.recording_consent USING btree (department_id, call_id);

CREATE INDEX recording_of_call ON public.recording USING btree (department_id, call_id, id);

CREATE UNIQUE INDEX recording_one_at_a_time ON public.recording USING btree (department_id, call_id) WHERE (state = ANY (ARRAY['wanted'::text, 'starting'::text, 'running'::text]));

CREATE INDEX recording_to_do ON public.recording USING btree (department_id, state, delete_at) WHERE (state = ANY (ARRAY['wanted'::text, 'starting'::text, 'running'::text, 'stopping'::text, 'stopped'::text]));

CREATE UNIQUE INDEX relief_one_open ON public.relief USING btree (department_id, assignment_id) WHERE (state = ANY (ARRAY['asked'::text, 'taken'::text]));

CREATE INDEX signup_of_officer ON public.signup USING btree (department_id, officer_id, opening_id) WHERE (withdrawn_at IS NULL);

CREATE UNIQUE INDEX signup_once ON public.signup USING btree (department_id, opening_id, officer_id) WHERE (withdrawn_at IS NULL);

CREATE INDEX signup_withdrawn ON public.signup USING btree (department_id, opening_id, officer_id) WHERE (withdrawn_at IS NOT NULL);

CREATE INDEX standing_order_stands ON public.standing_order USING btree (department_id, officer_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX swap_request_one_open ON public.swap_request USING btree (department_id, assignment_id) WHERE (state = 'open'::text);

CREATE INDEX tour_of_officer ON public.tour USING btree (department_id, officer_id, upper(during));

CREATE INDEX waiting_in_line ON public.waiting USING btree (department_id, entered_at) WHERE (state = ANY (ARRAY['waiting'::text, 'leaving_message'::text, 'wants_call'::text, 'message'::text]));

CREATE INDEX waiting_of_call ON public.waiting USING btree (department_id, call_id, id);

CREATE INDEX welfare_check_of_officer ON public.welfare_check USING btree (department_id, officer_id) WHERE (state = ANY (ARRAY['asked'::text, 'alarmed'::text]));

CREATE UNIQUE INDEX welfare_check_one_open ON public.welfare_check USING btree (department_id, assignment_id) WHERE (state = ANY (ARRAY['asked'::text, 'alarmed'::text]));

CREATE TRIGGER award_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.award FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER contact_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.contact FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER counter_turn_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.counter_turn FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER listing_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.listing FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER recording_consent_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.recording_consent FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.seal FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER verdict_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.verdict FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_award FOREIGN KEY (department_id, award_id) REFERENCES public.award(department_id, id);

ALTER TABLE ONLY public.assignment_drop
    ADD CONSTRAINT assignment_drop_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_offer FOREIGN KEY (department_id, offer_id) REFERENCES public.offer(department_id, id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_officer FOREIGN KEY (department_id, officer_id, person_id) REFERENCES public.officer(department_id, id, person_id) ON UPDATE CASCADE;

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_slot FOREIGN KEY (department_id, slot_id) REFERENCES public.slot(department_id, id);

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_by FOREIGN KEY (by_person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.attendance
    ADD CONSTRAINT attendance_voucher FOREIGN KEY (department_id, vouched_by_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_emergency FOREIGN KEY (department_id, emergency_id) REFERENCES public.emergency(department_id, id);

ALTER TABLE ONLY public.award
    ADD CONSTRAINT award_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.call_choice
    ADD CONSTRAINT call_choice_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.call_out
    ADD CONSTRAINT call_out_emergency FOREIGN KEY (department_id, emergency_id) REFERENCES public.emergency(department_id, id);

ALTER TABLE ONLY public.call_out
    ADD CONSTRAINT call_out_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.call_out
    ADD CONSTRAINT call_out_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.call_turn
    ADD CONSTRAINT call_turn_call FOREIGN KEY (department_id, call_id) REFERENCES public.call(department_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_offer FOREIGN KEY (department_id, offer_id) REFERENCES public.offer(department_id, id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_slot FOREIGN KEY (department_id, slot_id) REFERENCES public.slot(department_id, id);

ALTER TABLE ONLY public.contractor
    ADD CONSTRAINT contractor_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.counter_turn
    ADD CONSTRAINT counter_turn_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.detail
    ADD CONSTRAINT detail_rate FOREIGN KEY (department_id, rate_id) REFERENCES public.rate(department_id, id);

ALTER TABLE ONLY public.detail
    ADD CONSTRAINT detail_site FOREIGN KEY (department_id, site_id) REFERENCES public.site(department_id, id);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.emergency
    ADD CONSTRAINT emergency_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.emergency
    ADD CONSTRAINT emergency_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT enrolment_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT enrolment_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT enrolment_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_contractor FOREIGN KEY (department_id, contractor_id) REFERENCES public.contractor(department_id, id);

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_site FOREIGN KEY (department_id, site_id) REFERENCES public.site(department_id, id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_claimed FOREIGN KEY (claimed_person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_conversation FOREIGN KEY (department_id, conversation_id) REFERENCES public.conversation(department_id, id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.handbook
    ADD CONSTRAINT handbook_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.hours_count
    ADD CONSTRAINT hours_count_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_asking FOREIGN KEY (asking_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.line_department
    ADD CONSTRAINT line_department_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.line_department
    ADD CONSTRAINT line_department_line FOREIGN KEY (line_id) REFERENCES public.line(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_home_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_base FOREIGN KEY (department_id, base_id) REFERENCES public.listing(department_id, id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_call_out FOREIGN KEY (department_id, call_out_id) REFERENCES public.call_out(department_id, id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.mail_choice
    ADD CONSTRAINT mail_choice_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.mail_out
    ADD CONSTRAINT mail_out_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.mail_out
    ADD CONSTRAINT mail_out_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.message_in
    ADD CONSTRAINT message_in_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.message_in
    ADD CONSTRAINT message_in_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.message_out
    ADD CONSTRAINT message_out_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.message_out
    ADD CONSTRAINT message_out_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.message_status
    ADD CONSTRAINT message_status_message FOREIGN KEY (department_id, message_out_id) REFERENCES public.message_out(department_id, id);

ALTER TABLE ONLY public.news_waiting
    ADD CONSTRAINT news_waiting_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.news_waiting
    ADD CONSTRAINT news_waiting_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_call_out FOREIGN KEY (department_id, call_out_id) REFERENCES public.call_out(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_drop FOREIGN KEY (department_id, drop_id) REFERENCES public.assignment_drop(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_listing FOREIGN KEY (department_id, listing_id) REFERENCES public.listing(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_slot FOREIGN KEY (department_id, slot_id) REFERENCES public.slot(department_id, id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.officer_status
    ADD CONSTRAINT officer_status_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.one_time_code
    ADD CONSTRAINT one_time_code_person FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opening
    ADD CONSTRAINT opening_detail FOREIGN KEY (department_id, detail_id) REFERENCES public.detail(department_id, id);

ALTER TABLE ONLY public.opening
    ADD CONSTRAINT opening_relief FOREIGN KEY (department_id, relief_id) REFERENCES public.relief(department_id, id);

ALTER TABLE ONLY public.opt_out
    ADD CONSTRAINT opt_out_line FOREIGN KEY (line_id) REFERENCES public.line(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_line FOREIGN KEY (line_id) REFERENCES public.line(id);

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.outbound_call
    ADD CONSTRAINT outbound_call_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.outbound_call_status
    ADD CONSTRAINT outbound_call_status_call FOREIGN KEY (department_id, outbound_call_id) REFERENCES public.outbound_call(department_id, id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_handbook FOREIGN KEY (department_id, handbook_id) REFERENCES public.handbook(department_id, id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_offer FOREIGN KEY (department_id, offer_id) REFERENCES public.offer(department_id, id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.owed_detail
    ADD CONSTRAINT owed_detail_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.penalty
    ADD CONSTRAINT penalty_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.penalty
    ADD CONSTRAINT penalty_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.phone
    ADD CONSTRAINT phone_person FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pin
    ADD CONSTRAINT pin_person FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pool_member
    ADD CONSTRAINT pool_member_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_award FOREIGN KEY (department_id, award_id) REFERENCES public.award(department_id, id);

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_detail FOREIGN KEY (department_id, detail_id) REFERENCES public.detail(department_id, id);

ALTER TABLE ONLY public.qualification
    ADD CONSTRAINT qualification_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rate
    ADD CONSTRAINT rate_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.recording
    ADD CONSTRAINT recording_call FOREIGN KEY (department_id, call_id) REFERENCES public.call(department_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recording_consent
    ADD CONSTRAINT recording_consent_call FOREIGN KEY (department_id, call_id) REFERENCES public.call(department_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recording_consent
    ADD CONSTRAINT recording_consent_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.recording
    ADD CONSTRAINT recording_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.relief
    ADD CONSTRAINT relief_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.relief
    ADD CONSTRAINT relief_colleague FOREIGN KEY (department_id, colleague_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.rotation
    ADD CONSTRAINT rotation_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.seal
    ADD CONSTRAINT seal_event FOREIGN KEY (department_id, event_id) REFERENCES public.event(department_id, id);

ALTER TABLE ONLY public.signup
    ADD CONSTRAINT signup_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.signup
    ADD CONSTRAINT signup_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_contractor FOREIGN KEY (department_id, contractor_id) REFERENCES public.contractor(department_id, id);

ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.standing_order
    ADD CONSTRAINT standing_order_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.swap_request
    ADD CONSTRAINT swap_request_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.swap_request
    ADD CONSTRAINT swap_request_colleague FOREIGN KEY (department_id, colleague_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.swap_request
    ADD CONSTRAINT swap_request_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.telling_choice
    ADD CONSTRAINT telling_choice_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.tour_source
    ADD CONSTRAINT tour_source_department FOREIGN KEY (department_id) REFERENCES public.department(id);

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_source_of_tour FOREIGN KEY (department_id, source_id) REFERENCES public.tour_source(department_id, id);

ALTER TABLE ONLY public.turn
    ADD CONSTRAINT turn_conversation FOREIGN KEY (department_id, conversation_id) REFERENCES public.conversation(department_id, id);

ALTER TABLE ONLY public.turn
    ADD CONSTRAINT turn_message_in FOREIGN KEY (department_id, message_in_id) REFERENCES public.message_in(department_id, id);

ALTER TABLE ONLY public.turn
    ADD CONSTRAINT turn_message_out FOREIGN KEY (department_id, message_out_id) REFERENCES public.message_out(department_id, id);

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_award FOREIGN KEY (department_id, award_id) REFERENCES public.award(department_id, id);

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_opening FOREIGN KEY (department_id, opening_id) REFERENCES public.opening(department_id, id);

ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT waiting_call FOREIGN KEY (department_id, call_id) REFERENCES public.call(department_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT waiting_person FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.welfare_check
    ADD CONSTRAINT welfare_check_assignment FOREIGN KEY (department_id, assignment_id) REFERENCES public.assignment(department_id, id);

ALTER TABLE ONLY public.welfare_check
    ADD CONSTRAINT welfare_check_officer FOREIGN KEY (department_id, officer_id) REFERENCES public.officer(department_id, id);

ALTER TABLE public.assignment ENABLE ROW LEVEL SECURITY;

CREATE POLICY assignment_busy ON public.assignment FOR SELECT TO dutyline_busy USING (true);

ALTER TABLE public.assignment_drop ENABLE ROW LEVEL SECURITY;

CREATE POLICY assignment_drop_of_department ON public.assignment_drop USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

CREATE POLICY assignment_of_department ON public.assignment USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.attendance ENABLE ROW LEVEL SECURITY;

CREATE POLICY attendance_of_department ON public.attendance USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.award ENABLE ROW LEVEL SECURITY;

CREATE POLICY award_of_department ON public.award USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.call ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.call_choice ENABLE ROW LEVEL SECURITY;

CREATE POLICY call_choice_of_department ON public.call_choice USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

CREATE POLICY call_of_department ON public.call USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.call_out ENABLE ROW LEVEL SECURITY;

CREATE POLICY call_out_of_department ON public.call_out USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.call_turn ENABLE ROW LEVEL SECURITY;

CREATE POLICY call_turn_of_department ON public.call_turn USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.consent ENABLE ROW LEVEL SECURITY;

CREATE POLICY consent_of_department ON public.consent USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.contact ENABLE ROW LEVEL SECURITY;

CREATE POLICY contact_of_department ON public.contact USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.contractor ENABLE ROW LEVEL SECURITY;

CREATE POLICY contractor_of_department ON public.contractor USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.conversation ENABLE ROW LEVEL SECURITY;

CREATE POLICY conversation_of_department ON public.conversation USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.counter_turn ENABLE ROW LEVEL SECURITY;

CREATE POLICY counter_turn_of_department ON public.counter_turn USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.detail ENABLE ROW LEVEL SECURITY;

CREATE POLICY detail_of_department ON public.detail USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.duty ENABLE ROW LEVEL SECURITY;

CREATE POLICY duty_of_department ON public.duty USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.emergency ENABLE ROW LEVEL SECURITY;

CREATE POLICY emergency_of_department ON public.emergency USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.enrolment ENABLE ROW LEVEL SECURITY;

CREATE POLICY enrolment_of_department ON public.enrolment USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_of_department ON public.event USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.exclusion ENABLE ROW LEVEL SECURITY;

CREATE POLICY exclusion_of_department ON public.exclusion USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.hand_off ENABLE ROW LEVEL SECURITY;

CREATE POLICY hand_off_of_department ON public.hand_off USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.handbook ENABLE ROW LEVEL SECURITY;

CREATE POLICY handbook_of_department ON public.handbook USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.hours_count ENABLE ROW LEVEL SECURITY;

CREATE POLICY hours_count_of_department ON public.hours_count USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;

CREATE POLICY invitation_of_department ON public.invitation USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.listing ENABLE ROW LEVEL SECURITY;

CREATE POLICY listing_of_department ON public.listing USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.mail_choice ENABLE ROW LEVEL SECURITY;

CREATE POLICY mail_choice_of_department ON public.mail_choice USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.mail_out ENABLE ROW LEVEL SECURITY;

CREATE POLICY mail_out_of_department ON public.mail_out USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.message_in ENABLE ROW LEVEL SECURITY;

CREATE POLICY message_in_of_department ON public.message_in USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.message_out ENABLE ROW LEVEL SECURITY;

CREATE POLICY message_out_of_department ON public.message_out USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.message_status ENABLE ROW LEVEL SECURITY;

CREATE POLICY message_status_of_department ON public.message_status USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.news_waiting ENABLE ROW LEVEL SECURITY;

CREATE POLICY news_waiting_of_department ON public.news_waiting USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.offer ENABLE ROW LEVEL SECURITY;

CREATE POLICY offer_of_department ON public.offer USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.officer ENABLE ROW LEVEL SECURITY;

CREATE POLICY officer_of_department ON public.officer USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.officer_status ENABLE ROW LEVEL SECURITY;

CREATE POLICY officer_status_of_department ON public.officer_status USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.opening ENABLE ROW LEVEL SECURITY;

CREATE POLICY opening_of_department ON public.opening USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.outbound_call ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbound_call_of_department ON public.outbound_call USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.outbound_call_status ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbound_call_status_of_department ON public.outbound_call_status USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.owed_detail ENABLE ROW LEVEL SECURITY;

CREATE POLICY owed_detail_of_department ON public.owed_detail USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.penalty ENABLE ROW LEVEL SECURITY;

CREATE POLICY penalty_of_department ON public.penalty USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.pool_member ENABLE ROW LEVEL SECURITY;

CREATE POLICY pool_member_of_department ON public.pool_member USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.posting ENABLE ROW LEVEL SECURITY;

CREATE POLICY posting_of_department ON public.posting USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.qualification ENABLE ROW LEVEL SECURITY;

CREATE POLICY qualification_of_department ON public.qualification USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.rate ENABLE ROW LEVEL SECURITY;

CREATE POLICY rate_of_department ON public.rate USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.recording ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recording_consent ENABLE ROW LEVEL SECURITY;

CREATE POLICY recording_consent_of_department ON public.recording_consent USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

CREATE POLICY recording_of_department ON public.recording USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.relief ENABLE ROW LEVEL SECURITY;

CREATE POLICY relief_of_department ON public.relief USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.retention ENABLE ROW LEVEL SECURITY;

CREATE POLICY retention_of_department ON public.retention USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.rotation ENABLE ROW LEVEL SECURITY;

CREATE POLICY rotation_of_department ON public.rotation USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.seal ENABLE ROW LEVEL SECURITY;

CREATE POLICY seal_of_department ON public.seal USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.signup ENABLE ROW LEVEL SECURITY;

CREATE POLICY signup_of_department ON public.signup USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.site ENABLE ROW LEVEL SECURITY;

CREATE POLICY site_of_department ON public.site USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.slot ENABLE ROW LEVEL SECURITY;

CREATE POLICY slot_of_department ON public.slot USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.standing_order ENABLE ROW LEVEL SECURITY;

CREATE POLICY standing_order_of_department ON public.standing_order USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.swap_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY swap_request_of_department ON public.swap_request USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.telling_choice ENABLE ROW LEVEL SECURITY;

CREATE POLICY telling_choice_of_department ON public.telling_choice USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.tour ENABLE ROW LEVEL SECURITY;

CREATE POLICY tour_of_department ON public.tour USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.tour_source ENABLE ROW LEVEL SECURITY;

CREATE POLICY tour_source_of_department ON public.tour_source USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.turn ENABLE ROW LEVEL SECURITY;

CREATE POLICY turn_of_department ON public.turn USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.verdict ENABLE ROW LEVEL SECURITY;

CREATE POLICY verdict_of_department ON public.verdict USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.waiting ENABLE ROW LEVEL SECURITY;

CREATE POLICY waiting_of_department ON public.waiting USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

ALTER TABLE public.welfare_check ENABLE ROW LEVEL SECURITY;

CREATE POLICY welfare_check_of_department ON public.welfare_check USING (((department_id = ANY (( SELECT (current_setting('dutyline.departments'::text))::bigint[] AS current_setting)::bigint[])) AND ((department_id <> 0) OR (department_id = ANY ((current_setting('dutyline.departments'::text))::bigint[])))));

GRANT USAGE ON SCHEMA public TO dutyline_app;
GRANT USAGE ON SCHEMA public TO dutyline_busy;

REVOKE ALL ON FUNCTION public.committed_elsewhere(people bigint[], span tstzrange) FROM PUBLIC;
GRANT ALL ON FUNCTION public.committed_elsewhere(people bigint[], span tstzrange) TO dutyline_app;

GRANT SELECT ON TABLE public.alembic_version TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignment TO dutyline_app;

GRANT SELECT(person_id) ON TABLE public.assignment TO dutyline_busy;

GRANT SELECT(during) ON TABLE public.assignment TO dutyline_busy;

GRANT SELECT(state) ON TABLE public.assignment TO dutyline_busy;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignment_drop TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attendance TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.award TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call_choice TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call_out TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call_turn TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clock TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.consent TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.contact TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contractor TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.counter_turn TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.department TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_phone TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.detail TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.duty TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.emergency TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.enrolment TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.event TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exclusion TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.hand_off TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handbook TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.hours_count TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitation TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.line TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.line_department TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.listing TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_choice TO dutyline_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.mail_out TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_in TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_out TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_status TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.news_waiting TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.offer TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.officer TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.officer_status TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.one_time_code TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opening TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opt_out TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbound_call TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbound_call_status TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.owed_detail TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.penalty TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.phone TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pin TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pin_try TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pool_member TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.posting TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.qualification TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recording TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.recording_consent TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.relief TO dutyline_app;

GRANT SELECT ON TABLE public.restoration TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retention TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rotation TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.seal TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signup TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.site TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slot TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.standing_order TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.swap_request TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.telling_choice TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tour TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tour_source TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.turn TO dutyline_app;

GRANT SELECT,INSERT ON TABLE public.verdict TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.waiting TO dutyline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.welfare_check TO dutyline_app;
