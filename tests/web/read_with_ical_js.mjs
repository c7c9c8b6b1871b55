// Reads a calendar from standard input with ical.js, strictly, and writes what it understood as JSON.
// Usage: node read_with_ical_js.mjs FOLDER-OF-ICAL-JS
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(`${process.argv[2]}/dist/ical.js`));
ICAL.design.strict = true;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const seconds = (time) => time.toUnixTime();
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description ?? "",
    start: seconds(event.startDate),
    end: seconds(event.endDate),
    alarms: component
      .getAllSubcomponents("valarm")
      .map((alarm) => -alarm.getFirstPropertyValue("trigger").toSeconds() / 60),
  };
});
process.stdout.write(JSON.stringify(events));
