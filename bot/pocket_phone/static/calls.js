// Calls on the page: a phone calls and is called, hears, presses, speaks; and the desk that takes who waits.
"use strict";

const DESK = "client:desk";
const WAITING = {
  "its turn": "Queued…", ringing: "Ringing…", playing: "Speaking", person: "Listening to you", dial: "Connecting…",
  queue: "On hold", talk: "Talking", conference: "In a conference",
};
const ENDED = {
  completed: "Call ended", busy: "Busy", "no-answer": "No answer", failed: "Could not be reached", canceled: "Call ended",
};

const RECORDED = { recording: "● Being recorded", paused: "❚❚ Recording paused", "": "" };

const calls = new Map();       // sid -> call with all its lines
const closed = new Set();      // sids whose panel was put away
let habits = {};
let queues = [];
let lastCallChange = 0;
let isFirstOfCalls = true;
let acting = Promise.resolve();

// --- what the pocket phone says

async function pollCalls() {
  const state = await ask("GET", `/pocket/state/calls?after=${lastCallChange}`);
  const changedHabits = JSON.stringify(habits) !== JSON.stringify(state.habits);
  habits = state.habits;
  queues = state.queues;
  for (const call of state.calls) {
    lastCallChange = Math.max(lastCallChange, call.change_id);
    calls.set(call.sid, call);
    if (isFirstOfCalls && call.is_over) closed.add(call.sid);
    read(call);
  }
  for (const number of new Set(state.calls.map((call) => call.phone))) redraw(number);
  if (changedHabits || isFirstOfCalls) contacts.forEach((one) => redraw(one.number));
  if (isFirstOfCalls) onTable.forEach((number) => { if (!(number in habits)) mind(number, true); });
  showSeat();
  isFirstOfCalls = false;
  return [...calls.values()].some((call) => !call.is_over);
}

function forgetCalls() {
  for (const map of [calls, closed, spokenUpTo]) map.clear();
  lastCallChange = 0;
  isFirstOfCalls = true;
}

function redraw(number) {
  const card = phoneOf(number);
  if (card) showCall(card, number);
}

// A phone that lies on the table is in somebody's hand, so it rings here.
function mind(number, isMinded) {
  setHabit(number, isMinded ? "by hand" : "nobody");
}

// Where a person is to answer, time is his; what answers of itself, or never does, need not keep anyone waiting.
function setHabit(number, answering) {
  const timed = answering === "by hand" || answering === "person";
  ask("POST", "/pocket/habits", { number, answering, timed }).catch(() => {});
}

// --- one phone's calls

const callsOf = (number) => [...calls.values()].filter((call) => call.phone === number).sort((a, b) => a.id - b.id);
const callOn = (number) => callsOf(number).filter((call) => !closed.has(call.sid)).at(-1);
const isRingingAt = (call) => call.status === "ringing" && call.direction !== "inbound";

function wireCalls(card, number) {
  card.querySelector(".screen").append($("call").content.cloneNode(true));
  const panel = card.querySelector(".call");
  const doing = (path, body = {}) => act(panel, () => ask("POST", `/pocket/calls/${callOn(number).sid}/${path}`, body));
  const input = panel.querySelector("input");
  input.id = `say-${number}`;
  panel.querySelector(".speak label").htmlFor = input.id;
  panel.querySelector(".take").addEventListener("click", () => doing("answer", { by: "person" }));
  panel.querySelector(".let-machine").addEventListener("click", () => doing("answer", { by: "machine" }));
  panel.querySelector(".decline").addEventListener("click", () => doing("turn-away"));
  panel.querySelector(".silent").addEventListener("click", () => doing("silent"));
  panel.querySelector(".hang-up").addEventListener("click", () => doing("hang-up"));
  panel.querySelector(".keys").addEventListener("click", (event) => {
    if (event.target.dataset.key) doing("press", { keys: event.target.dataset.key });
  });
  panel.querySelector(".speak").addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) doing("say", { text: input.value.trim() });
    input.value = "";
  });
  panel.querySelector(".close-call").addEventListener("click", () => {
    callsOf(number).filter((call) => call.is_over).forEach((call) => closed.add(call.sid));
    redraw(number);
  });
  card.querySelector(".place-call")?.addEventListener("click", () => act(panel, () =>
    ask("POST", "/pocket/calls", { from: number, to: lineOf(number), timed: true })));
  card.querySelector(".habit")?.addEventListener("change", (event) => setHabit(number, event.target.value));
}

// One after the other, so that keys arrive in the order in which they were pressed.
function act(panel, what) {
  hush();
  acting = acting.then(what).then(() => "", (error) => error.message).then((trouble) => {
    panel.querySelector(".said").textContent = trouble;
    poll();
  });
}

function showCall(card, number) {
  const call = callOn(number);
  const panel = card.querySelector(".call");
  const select = card.querySelector(".habit");
  if (select && document.activeElement !== select) select.value = habits[number] || "nobody";
  const wasHidden = panel.hidden;
  panel.hidden = !call;
  card.classList.toggle("in-call", Boolean(call));
  if (card.querySelector(".talk")) showPast(card, number);
  if (!call) return;
  panel.querySelector(".call-who").textContent = whoIs(call);
  panel.querySelector(".call-state").textContent = stateOf(call);
  panel.querySelector(".call-recorded").textContent = call.is_over ? "" : RECORDED[call.recording];
  panel.querySelector(".ringing").hidden = !isRingingAt(call);
  panel.querySelector(".live").hidden = call.is_over || isRingingAt(call);
  panel.querySelector(".close-call").hidden = !call.is_over;
  fillCallLines(panel.querySelector(".call-talk"), call);
  if (wasHidden && isRingingAt(call)) card.scrollIntoView({ block: "nearest", inline: "center" });
}

function whoIs(call) {
  const connected = call.lines.filter((line) => line.kind === "connected").at(-1);
  if (connected) return nameOf(connected.text);
  if (call.phone === DESK && call.direction === "inbound") return "Whoever is next";
  return nameOf(call.line);
}

const nameOf = (number) => [...lines, ...contacts].find((one) => one.number === number)?.name
  || (number === DESK ? "Agent's desk" : spaced(number || "unknown"));

function stateOf(call) {
  if (!call.is_over) return isRingingAt(call) ? "is calling" : WAITING[call.waiting_for] || "Connecting…";
  const seconds = call.duration_seconds;
  return seconds === null ? ENDED[call.status] : `${ENDED[call.status]}, ${lasted(seconds)}`;
}

const lasted = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function fillCallLines(talk, call) {
  const list = talk.firstElementChild;
  if (list.dataset.sid !== call.sid) list.replaceChildren();
  list.dataset.sid = call.sid;
  const shown = list.children.length;
  call.lines.slice(shown).forEach((line) => list.append(callLine(line)));
  if (shown !== call.lines.length) talk.scrollTop = talk.scrollHeight;
}

function callLine(line) {
  const item = document.createElement("li");
  const [text, kind] = WORDS[line.kind](line.text);
  item.textContent = text;
  if (kind) item.className = kind;
  if (line.language) item.lang = line.language;
  return item;
}

const WORDS = {
  say: (text) => [text, ""],
  voice: (text) => [text, "other"],
  carrier: (text) => [text, ""],
  play: (text) => [`♪ ${text.split("/").at(-1)}`, "aside"],
  hold: () => ["♪ music", "aside"],
  tone: (text) => [`tones ${text}`, "aside"],
  beep: () => ["beep", "aside"],
  ring: () => ["ringing", "aside"],
  connected: (text) => [`connected with ${nameOf(text)}`, "aside"],
  pressed: (text) => [text, "mine"],
  said: (text) => [`“${text}”`, "mine"],
  silent: () => ["stayed silent", "aside"],
  answered: (text) => [text === "machine" ? "the machine answered" : "answered", "aside"],
  hung_up: () => ["hung up", "aside"],
};

// Below the texts: the last call, and a way to read it again.
function showPast(card, number) {
  const list = card.querySelector(".talk ol");
  const call = callsOf(number).filter((one) => one.is_over).at(-1);
  let item = list.parentElement.querySelector(".called");
  if (!call) return item?.remove();
  if (!item) {
    item = document.createElement("p");
    item.className = "called";
    item.append("", document.createElement("button"));
    item.lastElementChild.type = "button";
    item.lastElementChild.textContent = "What was said";
    item.lastElementChild.addEventListener("click", () => {
      closed.delete(callsOf(number).filter((one) => one.is_over).at(-1).sid);
      redraw(number);
    });
    list.after(item);
  }
  const way = call.direction === "inbound" ? "Called" : call.answered_by || call.duration_seconds !== null ? "Call from" : "Missed call from";
  const how = call.duration_seconds === null ? ENDED[call.status].toLowerCase() : lasted(call.duration_seconds);
  item.firstChild.textContent = `${way} ${nameOf(call.line)}: ${how}. `;
}

// --- the agent's desk

function showSeat() {
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting.length, 0);
  $("seat-waiting").hidden = !waiting;
  $("seat-waiting").textContent = waiting;
  $("no-queues").hidden = queues.length > 0;
  fillRows($("queues"), queues.map((queue) => [queue.name, queue.waiting.map((one) => one.phone)]), queueRow);
  const desk = callOn(DESK);
  let card = phoneOf(DESK);
  if (desk && !card) {
    card = $("seat-card").content.cloneNode(true).firstElementChild;
    wireCalls(card, DESK);
    card.querySelector(".close-call").textContent = "Leave the desk";
    $("table").prepend(card);
    card.scrollIntoView({ block: "nearest", inline: "center" });
  }
  if (card && desk) showCall(card, DESK);
  if (card && !desk) card.remove();
}

// While somebody sits at the desk, calls to its client ring there too.
$("seat").addEventListener("toggle", () => mind(DESK, $("seat").open));

function queueRow([name, phones]) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Take the next";
  button.setAttribute("aria-label", `Take the next of ${name}`);
  button.addEventListener("click", () => {
    const live = callOn(DESK);
    if (live && !live.is_over) return say($("seat-said"), "Hang up first.", true);
    say($("seat-said"), "", false);
    ask("POST", "/pocket/desk/take", { queue: name }).then(poll, (error) => say($("seat-said"), error.message, true));
  });
  item.append(phones.length ? `${name}: ${phones.map(nameOf).join(", ")}` : `${name}: nobody waits`, button);
  return item;
}
