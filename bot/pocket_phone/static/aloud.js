// Calls read aloud: what is said by the browser's voice, what is played as the recording it is, one after the other.
"use strict";

const SPELLED = new Set(["characters", "spell-out", "digits", "telephone", "verbatim"]);

const spokenUpTo = new Map();  // sid -> id of the last line read aloud
const aloud = [];       // what is still to be heard
let isSounding = null;  // ends what sounds now

$("aloud-row").hidden = !("speechSynthesis" in window);
$("aloud").addEventListener("change", () => { if (!$("aloud").checked) hush(); });

function read(call) {
  const after = spokenUpTo.get(call.sid) ?? (isFirstOfCalls ? Infinity : 0);
  const isHeard = $("aloud").checked && !call.is_over && onTable.has(call.phone);
  if (isHeard) aloud.push(...call.lines.filter((line) => line.id > after && (line.kind === "say" || line.kind === "play")));
  spokenUpTo.set(call.sid, Math.max(0, ...call.lines.map((line) => line.id)));
  if (!isSounding) sound();
}

function sound() {
  const line = aloud.shift();
  if (!line) return;
  let isDone = false;
  const next = () => {
    if (isDone) return;
    isDone = true;
    isSounding = null;
    sound();
  };
  if (line.kind === "play") {
    const recording = new Audio(line.text);
    isSounding = () => recording.pause();
    recording.addEventListener("ended", next);
    recording.play().catch(next);
  } else {
    const words = new SpeechSynthesisUtterance(asSpoken(line));
    words.lang = line.language || "en-US";
    words.addEventListener("end", next);
    words.addEventListener("error", next);
    isSounding = () => speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }
}

// Somebody presses, speaks or hangs up: what was being said is cut short.
function hush() {
  aloud.length = 0;
  isSounding?.();
  isSounding = null;
}

// What is to be spelled is spelled, as the marks say; the rest the browser's voice reads as it does.
function asSpoken(line) {
  if (!line.ssml) return line.text;
  const said = new DOMParser().parseFromString(`<say>${line.ssml}</say>`, "text/xml");
  for (const node of said.querySelectorAll("say-as")) {
    if (SPELLED.has(node.getAttribute("interpret-as"))) node.textContent = [...node.textContent].join(" ");
  }
  for (const node of said.querySelectorAll("sub")) node.textContent = node.getAttribute("alias");
  return said.documentElement.textContent;
}
