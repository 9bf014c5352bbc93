"""What workers count; shown by the web's /metrics where processes share a folder (see bot/metrics.py)."""

from prometheus_client import Counter, Gauge, Histogram

texts_out = Counter("dutyline_texts_out", "Texts handed to the carrier, by what it said", ["outcome"])
calls_out = Counter("dutyline_calls_out", "Calls put to the carrier, by what it said", ["outcome"])
mails_out = Counter("dutyline_mails_out", "Mails handed to the mail server, by what it said", ["outcome"])
recordings = Counter("dutyline_recordings", "What was asked of the carrier about recordings of calls", ["outcome"])
duties = Counter("dutyline_duties", "Duties done or failed", ["kind", "outcome"])
duty_seconds = Histogram("dutyline_duty_seconds", "Time of one duty's transaction", ["kind"])
departments_due = Gauge(
    "dutyline_departments_due",
    "Departments in which a queue had something due when the sweep came by",
    ["queue"],
    multiprocess_mode="mostrecent",
)
reconciled = Counter("dutyline_texts_reconciled", "Texts and calls whose fate the carrier's list told", ["outcome"])
