// Keeps the page up to date from its own address with ?json. The other files of this folder come
// before it, in one block.

const INTERVAL = 2000; // milliseconds from one answer to the next question
const PATIENCE = 5000;

const sections = [...document.querySelectorAll("section[data-group]")];
const main = document.querySelector("main");
const notice = document.getElementById("notice");
const state = document.getElementById("state");
const pause = document.getElementById("pause");
let isPaused = false;
let round = 0; // the last question's number: only its answer counts

function say(text) {
  notice.textContent = text;
  notice.hidden = text === "";
}

function update(status) {
  const names = sections.map((section) => section.dataset.group);
  if (JSON.stringify(names) !== JSON.stringify(status.groups.map((group) => group.group))) return location.reload();
  remember(status);
  sections.forEach((section, i) => {
    updateGroup(section, status.groups[i]);
    drawCharts(section);
  });
  document.getElementById("time").textContent = moment(status.time);
  main.classList.remove("stale");
  say(status.ending ? "The server is about to stop or to restart." : "");
}

async function ask() {
  const own = ++round;
  const isOn = () => own === round && !isPaused;
  try {
    const answer = await fetch(`${location.pathname}?json`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const status = await answer.json();
    if (isOn()) update(status);
  } catch (error) {
    if (!isOn()) return;
    main.classList.add("stale");
    say(`The server does not answer (${error.message}): this is how it was at the time above. Trying again.`);
  }
  setTimeout(() => isOn() && ask(), INTERVAL);
}

function togglePause() {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Go on" : "Pause";
  state.textContent = isPaused ? "stopped at" : "live,";
  if (!isPaused) ask();
}

pause.hidden = false;
pause.addEventListener("click", togglePause);
state.textContent = "live,";
sections.forEach(followPointer);
addEventListener("resize", () => sections.forEach(drawCharts));
ask();
