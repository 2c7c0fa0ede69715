// A group's figures and tables, as the server writes them (management/status_section.cpp). Its texts
// become text nodes, never markup.

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(name, value);
  made.append(...children);
  return made;
}
const element = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const drawn = (name, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
const cell = ([text, kind = ""]) => element("td", { class: kind }, String(text));
const row = (kind, ...cells) => element("tr", { class: kind }, ...cells.map(cell));
const nothing = (text) => row("none", [text]);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const isReady = (worker) => worker.state === "ready";

const figures = {
  busy: (group) => partOf(group.threads_busy, group.threads),
  queue: (group) => partOf(group.queue_length, group.queue_limit),
  workers: (group) => partOf(group.workers.filter(isReady).length, group.processes),
  generation: (group) => count(group.generation),
  requests: (group) => count(sum(Object.values(group.counters.requests))),
  errors: (group) => count(group.counters.requests["5xx"]),
  refused: (group) => count(group.counters.refused),
  sent: (group) => size(group.counters.response_body_bytes),
};

function workerRow(worker) {
  return row(
    worker.stuck ? "stuck" : "",
    [worker.slot, "number"],
    [worker.pid ?? "-", "number"],
    [count(worker.generation), "number"],
    [worker.stuck ? `${worker.state}, stuck` : worker.state, `state-${worker.state}`],
    [duration(worker.in_state_for), "number"],
    [count(worker.requests_served), "number"],
    [partOf(worker.threads_busy, worker.threads), "number"],
  );
}

function requestRow(request) {
  return row(
    "",
    [duration(request.age), "number"],
    [request.slot, "number"],
    [request.thread, "number"],
    [request.stage],
    [`${request.method} ${request.path}`, "path"],
    [request.id, "faint"],
  );
}

function slowRow(request) {
  return row(
    "",
    [duration(request.total), "number"],
    [duration(request.queue), "number"],
    [duration(request.application), "number"],
    [request.status, "number"],
    [request.slot ?? "-", "number"],
    [moment(request.ended)],
    [`${request.method} ${request.path}`, "path"],
    [request.id, "faint"],
  );
}

function deathDetails(dead) {
  const facts =
    `slot ${dead.slot}, process ${dead.pid}, generation ${count(dead.generation)}, lived ${duration(dead.uptime)}, ` +
    `served ${count(dead.requests_served)}, ${count(dead.requests_lost)} lost`;
  const parts = [
    element("summary", {}, element("time", {}, moment(dead.time)), " ", element("strong", {}, dead.how), " ", element("span", {}, facts)),
  ];
  if (dead.cause !== "") parts.push(element("p", {}, dead.cause));
  for (const lost of dead.lost)
    parts.push(
      element("p", {}, "Lost: ", element("code", {}, `${lost.method} ${lost.path}`), ` ${lost.stage}, after ${duration(lost.age)}`),
    );
  if (dead.last_words !== "") parts.push(element("pre", {}, dead.last_words));
  return element("details", {}, ...parts);
}

const orElse = (rows, other) => (rows.length > 0 ? rows : [other]);
const tables = {
  workers: (group) => orElse(group.workers.map(workerRow), nothing("There is no worker.")),
  in_flight(group) {
    const rows = orElse(group.in_flight.map(requestRow), nothing("All threads are idle."));
    if (group.more_in_flight > 0) rows.push(nothing(`and ${count(group.more_in_flight)} more`));
    return rows;
  },
  slowest: (group) => orElse(group.slowest.map(slowRow), nothing("There was none.")),
  deaths: (group) => orElse(group.deaths.map(deathDetails), element("p", { class: "none" }, "There was none.")),
};

const shown = new WeakMap(); // what a table was last made from

function updateTable(place, group) {
  const source = JSON.stringify([group[place.dataset.rows], group.more_in_flight]);
  if (shown.get(place) === source) return; // so that a selection stays
  shown.set(place, source);
  const title = (details) => details.querySelector("summary").textContent;
  const open = new Set([...place.querySelectorAll("details[open]")].map(title));
  place.replaceChildren(...tables[place.dataset.rows](group));
  for (const details of place.querySelectorAll("details")) details.open = open.has(title(details));
}

function updateGroup(section, group) {
  const state = group.live ? (group.ready ? "ready" : "not ready") : "not live";
  const pill = section.querySelector(".pill");
  pill.dataset.state = state;
  pill.textContent = group.problem === null ? state : `${state}: ${group.problem}`;
  for (const figure of section.querySelectorAll("[data-figure]"))
    figure.textContent = figures[figure.dataset.figure](group);
  for (const place of section.querySelectorAll("[data-rows]")) updateTable(place, group);
}
