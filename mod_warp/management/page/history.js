// What was seen: a point for each two answers.

const SHOWN = 300; // seconds that are kept, and shown in a diagram

// As Prometheus estimates it: evenly spread within a bucket.
function quantile(part, counts, ends) {
  let rank = part * sum(counts);
  if (rank === 0) return null;
  for (let i = 0; i < ends.length; rank -= counts[i++]) {
    const lower = i === 0 ? 0 : ends[i - 1];
    if (rank <= counts[i]) return lower + ((ends[i] - lower) * rank) / counts[i];
  }
  return ends[ends.length - 1];
}

function pointBetween(before, after, seconds, ends) {
  const requests = (group) => sum(Object.values(group.counters.requests));
  const errors = (group) => group.counters.requests["5xx"];
  const counts = after.counters.total.counts.map((number, i) => number - before.counters.total.counts[i]);
  // After a restart of httpd they begin at zero.
  if (seconds <= 0 || requests(after) < requests(before) || counts.some((number) => number < 0)) return {};
  return {
    all: (requests(after) - requests(before)) / seconds,
    errors: Math.max(0, errors(after) - errors(before)) / seconds,
    median: quantile(0.5, counts, ends),
    most: quantile(0.95, counts, ends),
    nearlyAll: quantile(0.99, counts, ends),
  };
}

const points = new Map(); // group: [{time, ...}], the oldest first
let last = null;

function remember(status) {
  for (const group of status.groups) {
    const before = last?.groups.find((each) => each.group === group.group);
    const rates = before ? pointBetween(before, group, status.time - last.time, status.bucket_ends) : {};
    const seen = points.get(group.group) ?? [];
    seen.push({ time: status.time, busy: group.threads_busy, waiting: group.queue_length, threads: group.threads, ...rates });
    points.set(group.group, seen.filter((point) => point.time >= status.time - SHOWN));
  }
  last = status;
}
