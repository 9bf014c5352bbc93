// The page of the pocket phone: shows what /pocket/state says and sends what is typed. No library.
"use strict";

const POLL_MS = 1000;
const POLL_IN_CALL_MS = 300;
const KEPT_PER_TALK = 200;
const FIRST_ON_TABLE = 3;
const QUIET_MS = 10 * 60 * 1000;

const $ = (id) => document.getElementById(id);
const talks = new Map();      // phone number -> line number -> messages by id
const chosenLine = new Map(); // phone number -> line number
const unread = new Map();     // phone number -> count
const onTable = new Set(JSON.parse(localStorage.getItem("onTable") || "[]"));
let contacts = [];
let lines = [];
let optOuts = new Set();
let lastChange = 0;
let era = null;
let isFirst = true;
let polling = null;

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok && answer.status !== 409) throw new Error(said.error || `The pocket phone answered ${answer.status}.`);
  return said;
}

async function poll() {
  clearTimeout(polling);
  if (document.hidden) return;
  let wait = POLL_MS;
  try {
    const state = await ask("GET", `/pocket/state?after=${lastChange}`);
    const isPast = era !== null && era !== state.era;
    era = state.era;
    if (isPast) forget(); else show(state);
    if (isPast || state.messages.length >= 500) wait = 0;
    else if (await pollCalls()) wait = POLL_IN_CALL_MS;
  } catch {
    say($("pending"), "The pocket phone does not answer.", true);
  }
  clearTimeout(polling);
  polling = setTimeout(poll, wait);
}

// The messages were cleared, or the pocket phone began anew.
function forget() {
  lastChange = 0;
  isFirst = true;
  for (const map of [talks, chosenLine, unread]) map.clear();
  for (const phone of [...$("table").querySelectorAll(".phone")]) phone.remove();
  forgetCalls();
}

function show(state) {
  const touched = new Set();
  for (const message of state.messages) {
    lastChange = Math.max(lastChange, message.change_id);
    if (keep(message)) touched.add(message.phone);
  }
  const before = JSON.stringify([contacts, lines, [...optOuts]]);
  contacts = state.contacts;
  lines = state.lines;
  optOuts = new Set(state.opt_outs.map((one) => `${one.phone} ${one.line}`));
  const changed = before !== JSON.stringify([contacts, lines, [...optOuts]]);
  if (isFirst && !onTable.size) contacts.slice(0, FIRST_ON_TABLE).forEach((one) => onTable.add(one.number));
  if (changed || isFirst) showBook();
  for (const contact of contacts) {
    if (touched.has(contact.number) || changed || isFirst) showEntry(contact);
    if (touched.has(contact.number) || changed || isFirst) showPhone(contact);
  }
  showClock(state.clock);
  showFaults(state.faults);
  showAlerts(state.alerts);
  say($("pending"), state.pending ? `${state.pending} on the way` : "", false);
  isFirst = false;
}

function keep(message) {
  if (!message.phone || !message.line) return false;
  if (!talks.has(message.phone)) talks.set(message.phone, new Map());
  const ofPhone = talks.get(message.phone);
  if (!ofPhone.has(message.line)) ofPhone.set(message.line, new Map());
  const talk = ofPhone.get(message.line);
  const isNew = !talk.has(message.id);
  talk.set(message.id, message);
  if (talk.size > KEPT_PER_TALK) talk.delete(Math.min(...talk.keys()));
  if (isNew) chosenLine.set(message.phone, message.line);
  if (isNew && !isFirst && !message.mine && !onTable.has(message.phone)) {
    unread.set(message.phone, (unread.get(message.phone) || 0) + 1);
  }
  return true;
}

const lineOf = (number) => chosenLine.get(number) || (lines[0] && lines[0].number);
const talkOf = (number) => [...(talks.get(number)?.get(lineOf(number))?.values() || [])].sort((a, b) => a.id - b.id);

// --- address book

function showBook() {
  for (const item of [...$("book").children]) {
    if (!contacts.some((one) => one.number === item.firstElementChild.dataset.number)) item.remove();
  }
  for (const contact of contacts) {
    let button = $("book").querySelector(`[data-number="${contact.number}"]`);
    if (!button) {
      $("book").append($("entry").content.cloneNode(true));
      button = $("book").lastElementChild.firstElementChild;
      button.dataset.number = contact.number;
      $("fault-number").append(new Option(contact.name, contact.number));
    }
    button.querySelector(".name").textContent = contact.name;
    paintFace(button.querySelector(".face"), contact);
  }
  $("no-phones").hidden = contacts.length > 0;
}

function showEntry(contact) {
  const button = $("book").querySelector(`[data-number="${contact.number}"]`);
  const last = talkOf(contact.number).at(-1);
  const count = unread.get(contact.number) || 0;
  button.querySelector(".last").textContent = last ? last.body : contact.number;
  button.setAttribute("aria-pressed", String(onTable.has(contact.number)));
  const badge = button.querySelector(".unread");
  badge.hidden = !count;
  badge.textContent = count ? `${count}` : "";
  badge.setAttribute("aria-label", `${count} unread`);
}

function paintFace(face, contact) {
  // A rank such as "Sgt." is no initial.
  const words = contact.name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word) && !word.endsWith("."));
  face.textContent = ((words[0]?.[0] || "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
  face.className = `face c${[...contact.number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % 6}`;
}

$("book").addEventListener("click", (event) => {
  const button = event.target.closest(".entry");
  if (button) pick(button.dataset.number, !onTable.has(button.dataset.number), true);
});

function pick(number, isPicked, withFocus) {
  if (isPicked) onTable.add(number); else onTable.delete(number);
  unread.delete(number);
  localStorage.setItem("onTable", JSON.stringify([...onTable]));
  const contact = contacts.find((one) => one.number === number);
  showEntry(contact);
  showPhone(contact);
  mind(number, isPicked);
  if (isPicked && withFocus) {
    const phone = phoneOf(number);
    phone.scrollIntoView({ block: "nearest", inline: "center" });
    phone.querySelector("textarea").focus({ preventScroll: true });
  }
}

// --- phones

const phoneOf = (number) => $("table").querySelector(`.phone[data-number="${number}"]`);

function showPhone(contact) {
  const isOn = onTable.has(contact.number);
  let phone = phoneOf(contact.number);
  if (!isOn) phone?.remove();
  if (isOn) {
    phone = phone || layPhone(contact);
    fillLines(phone, contact.number);
    fillTalk(phone.querySelector(".talk"), talkOf(contact.number));
    showCall(phone, contact.number);
    phone.querySelector(".blocked").hidden = !optOuts.has(`${contact.number} ${lineOf(contact.number)}`);
  }
  $("empty").hidden = Boolean($("table").querySelector(".phone"));
}

function layPhone(contact) {
  const phone = $("phone").content.cloneNode(true).firstElementChild;
  phone.dataset.number = contact.number;
  phone.setAttribute("aria-label", `Phone of ${contact.name}`);
  phone.querySelector(".name").textContent = contact.name;
  phone.querySelector(".number").textContent = spaced(contact.number);
  paintFace(phone.querySelector(".face"), contact);
  const box = phone.querySelector("textarea");
  box.id = `write-${contact.number}`;
  phone.querySelector(".write label").htmlFor = box.id;
  phone.querySelector(".put-away").addEventListener("click", () => {
    pick(contact.number, false, false);
    $("book").querySelector(`[data-number="${contact.number}"]`).focus();
  });
  wireCalls(phone, contact.number);
  phone.querySelector(".to").addEventListener("change", (event) => {
    chosenLine.set(contact.number, event.target.value);
    showPhone(contact);
  });
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      phone.querySelector(".write").requestSubmit();
    }
  });
  phone.querySelector(".write").addEventListener("submit", (event) => {
    event.preventDefault();
    send(phone, contact.number);
  });
  const after = contacts.slice(contacts.indexOf(contact) + 1).map((one) => phoneOf(one.number)).find(Boolean);
  $("table").insertBefore(phone, after || null);
  return phone;
}

function fillLines(phone, number) {
  const select = phone.querySelector(".to");
  select.replaceChildren(...lines.map((line) => new Option(line.name, line.number)));
  if (lineOf(number)) select.value = lineOf(number);
}

function fillTalk(talk, messages) {
  const list = talk.firstElementChild;
  const rows = rowsOf(messages);
  const wasShort = list.children.length < rows.length;
  // What stands already stays, so that a screen reader reads out only what is new.
  rows.forEach(([key, make], place) => {
    const standing = list.children[place];
    if (standing?.dataset.key === key) return;
    const item = make();
    item.dataset.key = key;
    if (standing) standing.replaceWith(item); else list.append(item);
  });
  while (list.children.length > rows.length) list.lastElementChild.remove();
  if (wasShort) talk.scrollTop = talk.scrollHeight;
}

function rowsOf(messages) {
  const rows = [];
  let before = null;
  for (const message of messages) {
    const at = message.clock_at || message.created_at;
    const earlier = before;
    if (!before || Math.abs(new Date(at) - new Date(before)) > QUIET_MS) rows.push([`at ${at}`, () => stamp(at, earlier)]);
    rows.push([`${message.sid} ${message.status}`, () => bubble(message)]);
    before = at;
  }
  return rows;
}

function stamp(at, before) {
  const item = document.createElement("li");
  item.className = "when";
  item.textContent = before && dayOf(before) === dayOf(at) ? timeOf(at) : `${dayOf(at)}, ${timeOf(at)}`;
  return item;
}

function bubble(message) {
  const item = document.createElement("li");
  const isLost = message.status === "undelivered" || message.status === "failed";
  item.className = [message.mine && "mine", message.by_carrier && "carrier", isLost && "lost"].filter(Boolean).join(" ");
  const body = document.createElement("p");
  body.className = "bubble";
  body.textContent = message.body || `[${message.media.length} picture]`;
  item.append(body);
  const note = noteOn(message, isLost);
  if (note) {
    const line = document.createElement("p");
    line.className = "note";
    line.textContent = note;
    item.append(line);
  }
  return item;
}

function noteOn(message, isLost) {
  if (isLost) return `Never arrived: ${message.status}, error ${message.error_code}`;
  if (message.by_carrier) return "Sent by the carrier itself";
  return message.num_segments > 1 ? `${message.num_segments} segments` : "";
}

async function send(phone, number) {
  const box = phone.querySelector("textarea");
  const said = phone.querySelector(".screen > .said");
  if (!box.value.trim()) return;
  try {
    await ask("POST", "/pocket/texts", { from: number, to: lineOf(number), body: box.value });
    box.value = "";
    said.textContent = "";
    fit(box);
    poll();
  } catch (error) {
    said.textContent = error.message;
  }
}

function fit(box) {
  box.rows = Math.min(4, Math.max(1, box.value.split("\n").length, Math.ceil(box.value.length / 26)));
}

const spaced = (number) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");

// --- clock: its own offset is its department's, so its digits are shown as written

const timeOf = (at) => {
  const [hours, minutes] = wall(at).slice(11, 16).split(":").map(Number);
  return `${hours % 12 || 12}:${String(minutes).padStart(2, "0")} ${hours < 12 ? "AM" : "PM"}`;
};
const dayOf = (at) => new Date(`${wall(at).slice(0, 10)}T12:00:00Z`)
  .toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });

function wall(at) {
  if (!/(Z|\+00:00)$/.test(at)) return at;
  const moment = new Date(at);
  return new Date(moment - moment.getTimezoneOffset() * 60000).toISOString();
}

function showClock(clock) {
  $("clock-now").textContent = clock.now ? timeOf(clock.now) : "–:–";
  $("clock-day").textContent = clock.now ? dayOf(clock.now) : "no clock";
  for (const button of document.querySelectorAll("[data-advance]")) button.disabled = clock.advancing || !clock.now;
  say($("clock-said"), clock.advancing ? "Moving the clock…" : clock.trouble || "", Boolean(clock.trouble));
}

for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", async () => {
    try {
      showClock(await ask("POST", "/pocket/clock/advance", { duration: button.dataset.advance }));
    } catch (error) {
      say($("clock-said"), error.message, true);
    }
  });
}

// --- saving what was texted

$("save").addEventListener("click", async () => {
  $("save").disabled = true;
  say($("save-said"), "Playing it once…", false);
  try {
    const saved = await ask("POST", "/pocket/transcript", {});
    say($("save-said"), `Saved: ${saved.file}${saved.said ? `. Played again it differed: ${saved.said}` : ""}`, false);
  } catch (error) {
    say($("save-said"), error.message, true);
  }
  $("save").disabled = false;
});

// --- faults and webhook errors

function showFaults(faults) {
  const on = faults.filter((fault) => fault.remaining !== 0);
  $("faults-on").hidden = !on.length;
  $("faults-on").textContent = on.length;
  fillRows($("fault-list"), faults, (fault) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = fault.remaining === 0 ? "Remove" : "Turn off";
    button.setAttribute("aria-label", `${button.textContent} ${fault.kind}`);
    item.classList.toggle("spent", fault.remaining === 0);
    button.addEventListener("click", () => ask("DELETE", `/pocket/faults/${fault.id}`).then(poll));
    item.append(describe(fault), button);
    return item;
  });
}

function describe(fault) {
  const who = contacts.find((one) => one.number === fault.number)?.name || fault.number || "any phone";
  const left = { null: "until turned off", 0: "used up" }[fault.remaining] || `${fault.remaining} to go`;
  const code = fault.code ? ` ${fault.code}` : "";
  return `${fault.kind.replaceAll("_", " ")}${code}, ${who}: ${left}, struck ${fault.taken}×`;
}

function showAlerts(alerts) {
  $("alerts-on").hidden = !alerts.length;
  $("alerts-on").textContent = alerts.length;
  fillRows($("alert-list"), alerts, (alert) => {
    const item = document.createElement("li");
    item.textContent = `${alert.code}: ${alert.text} ${alert.url}`;
    return item;
  });
}

function fillRows(list, rows, make) {
  const shown = JSON.stringify(rows);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  list.replaceChildren(...rows.map(make));
}

function showFaultFields() {
  const option = $("fault-kind").selectedOptions[0];
  $("fault-means").textContent = option.dataset.means;
  $("fault-code-row").hidden = !["undelivered", "failed"].includes(option.value);
  $("fault-seconds-row").hidden = option.value !== "late";
}

function wireForm(form, path, read) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector(".said");
    try {
      const made = await ask("POST", path, read(new FormData(form)));
      said.textContent = "";
      if (path === "/pocket/contacts") {
        form.reset();
        onTable.add(made.number);
      }
      poll();
    } catch (error) {
      said.textContent = error.message;
    }
  });
}

wireForm($("add-phone"), "/pocket/contacts", (data) => Object.fromEntries(data));
wireForm($("add-fault"), "/pocket/faults", (data) => ({
  kind: data.get("kind"),
  number: data.get("number"),
  count: data.get("count"),
  code: $("fault-code-row").hidden ? null : data.get("code"),
  seconds: $("fault-seconds-row").hidden ? 0 : data.get("seconds"),
}));
$("fault-kind").addEventListener("change", showFaultFields);

function say(place, text, isTrouble) {
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("trouble", isTrouble);
}

document.addEventListener("visibilitychange", poll);
showFaultFields();
// When the scripts of calls are there too.
document.addEventListener("DOMContentLoaded", poll);
