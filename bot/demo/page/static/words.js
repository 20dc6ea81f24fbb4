// Between what people type and read, and what Slack's texts say.
import {all} from "./patch.js";

/** What a person typed, with the people they name marked as Slack's app marks them; the workspace does the rest. */
export function withMentions(typed, users) {
  let text = typed;
  for (const user of users) {
    for (const name of [user.real_name, user.name]) {
      if (name) text = text.replaceAll(new RegExp(`(?<![\\w@.])@${escapeExpression(name)}(?![\\w-])`, "gi"), `<@${user.id}>`);
    }
  }
  return text;
}

const escapeExpression = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const clock = (at, more = {}) => at.toLocaleTimeString([], {hour: "numeric", minute: "2-digit", ...more});
const isToday = (at) => new Date().toDateString() === at.toDateString();
const dayName = (at) => isToday(at) ? "Today" : at.toLocaleDateString([], {weekday: "long", day: "numeric", month: "long"});

const DATES = {
  time: (at) => clock(at),
  time_secs: (at) => clock(at, {second: "2-digit"}),
  date_num: (at) => at.toLocaleDateString(),
  date: (at) => at.toLocaleDateString([], {day: "numeric", month: "long", year: "numeric"}),
  date_short: (at) => at.toLocaleDateString([], {day: "numeric", month: "short", year: "numeric"}),
  date_long: (at) => at.toLocaleDateString([], {weekday: "long", day: "numeric", month: "long", year: "numeric"}),
  ago: (at) => ago(at),
};

function ago(at) {
  const minutes = Math.round((at - Date.now()) / 60000);
  const form = new Intl.RelativeTimeFormat([], {numeric: "auto"});
  if (Math.abs(minutes) < 60) return form.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return form.format(Math.round(minutes / 60), "hour");
  return form.format(Math.round(minutes / 1440), "day");
}

function dated(at, form) {
  return form.replace(/\{(\w+)\}/g, (whole, part) => {
    if (part.endsWith("_pretty") && isToday(at)) return "today";
    const write = DATES[part.replace("_pretty", "")];
    return write ? write(at) : whole;
  });
}

/** Write the times below `root` in the reader's own zone. */
export function showTimes(root) {
  for (const time of all("time[datetime]", root)) {
    const at = new Date(time.dateTime);
    time.title = at.toLocaleString();
    if ("time" in time.dataset) time.textContent = clock(at);
    else if ("day" in time.dataset) time.textContent = dayName(at);
    else if ("last" in time.dataset) time.textContent = `last at ${clock(at)}`;
    else if (time.dataset.format) time.textContent = dated(at, time.dataset.format);
  }
}
