// Says what npm's own Adaptive Cards parser thinks of every card in a folder:
//   node tools/check_cards.mjs FOLDER
// Ends with 1 when any has a warning or when there is no card to read.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

// The built file is the one that loads without a browser; parsing needs no page to draw on.
const cards = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");

// Teams draws these although no published schema version has them, so they reach the parser as their fallback.
const TEAMS_OWN = /^(Chart\..+|Badge|CodeBlock|CompoundButton|Icon|ProgressBar|ProgressRing|Rating)$/;
// Teams shows six actions before the rest go into a menu; the parser's own default is five.
const HOST = new cards.HostConfig({ actions: { maxActions: 6 } });

function check(source) {
    if (source?.type !== "AdaptiveCard" || typeof source.version !== "string") {
        return ["is not an Adaptive Card with a version"];
    }
    const problems = [];
    const plain = withoutTeamsOwn(source, "card", problems);
    const version = cards.Version.parse(plain.version, new cards.SerializationContext());
    const context = new cards.SerializationContext(version);
    const card = new cards.AdaptiveCard();
    card.hostConfig = HOST;
    card.parse(plain, context);
    // The parser looks at a fallback only where it fails to know the element, and a phone may be where it does.
    for (const { type, fallback } of fallbacks(plain)) {
        const parse = type.startsWith("Action.") ? "parseAction" : "parseElement";
        context[parse](undefined, fallback, [], false);
    }
    for (let index = 0; index < context.eventCount; index += 1) {
        problems.push(context.getEventAt(index).message);
    }
    problems.push(...card.validateProperties().validationEvents.map((event) => event.message));
    return problems;
}

function withoutTeamsOwn(node, path, problems) {
    if (Array.isArray(node)) {
        return node.map((item, index) => withoutTeamsOwn(item, `${path}[${index}]`, problems)).filter((item) => item !== undefined);
    }
    if (node === null || typeof node !== "object") {
        return node;
    }
    if (TEAMS_OWN.test(node.type)) {
        if (node.fallback === undefined) {
            problems.push(`${path}: ${node.type} has no fallback`);
        }
        return node.fallback === "drop" ? undefined : withoutTeamsOwn(node.fallback, `${path}.fallback`, problems);
    }
    const entries = Object.entries(withoutPeopleSearch(node)).map(([key, value]) => [key, withoutTeamsOwn(value, `${path}.${key}`, problems)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

// Teams searches its directory from cards of version 1.5; the parser knows the property from 1.6 on, and asks
// for a choice to be there before anyone has searched.
function withoutPeopleSearch(node) {
    const { "choices.data": search, ...rest } = node;
    if (node.type !== "Input.ChoiceSet" || search?.type !== "Data.Query" || typeof search.dataset !== "string") {
        return node;
    }
    return rest.choices?.length ? rest : { ...rest, choices: [{ title: "found by searching", value: "found" }] };
}

function* fallbacks(node) {
    if (node === null || typeof node !== "object") {
        return;
    }
    if (typeof node.fallback === "object" && typeof node.type === "string" && node.type !== "AdaptiveCard") {
        yield node;
    }
    for (const value of Object.values(node)) {
        yield* fallbacks(value);
    }
}

const folder = process.argv[2];
if (!folder) {
    console.error("Name the folder that holds the cards: node tools/check_cards.mjs FOLDER");
    process.exit(2);
}
const files = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
let troubled = 0;
for (const name of files) {
    let problems;
    try {
        problems = check(JSON.parse(readFileSync(join(folder, name), "utf8")));
    } catch (error) {
        problems = [`cannot be read: ${error.message}`];
    }
    troubled += problems.length > 0;
    for (const problem of problems) {
        console.log(`${basename(name, ".json")}: ${problem}`);
    }
}
console.log(`${files.length - troubled} of ${files.length} cards parse without a warning`);
process.exit(files.length > 0 && troubled === 0 ? 0 : 1);
