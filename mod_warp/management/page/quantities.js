// Numbers as people read them, and as the server writes them (management/quantities.cpp).

const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const partOf = (part, whole) => `${count(part)} / ${count(whole)}`;

function twoUnits(small, perLarge, largeUnit, smallUnit) {
  return `${Math.floor(small / perLarge)} ${largeUnit} ${small % perLarge} ${smallUnit}`;
}

function duration(inSeconds) {
  const time = Math.round(inSeconds * 1e6);
  if (time < 1e4) return `${(Math.floor(time / 100) / 10).toFixed(1)} ms`;
  if (time < 1e6) return `${Math.floor(time / 1000)} ms`;
  const seconds = Math.floor(time / 1e6);
  if (seconds < 60) return `${(Math.floor(time / 1e4) / 100).toFixed(2)} s`;
  if (seconds < 3600) return twoUnits(seconds, 60, "min", "s");
  if (seconds < 86400) return twoUnits(Math.floor(seconds / 60), 60, "h", "min");
  return twoUnits(Math.floor(seconds / 3600), 24, "d", "h");
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB", "PB", "EB"];
  let tenths = Math.floor(bytes / 100);
  for (; tenths >= 10000; tenths = Math.floor(tenths / 1000)) units.shift();
  return `${(tenths / 10).toFixed(1)} ${units[0]}`;
}

const moment = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
