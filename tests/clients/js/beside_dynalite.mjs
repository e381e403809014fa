// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a command, whose DynamoDB is a dynalite in this process and whose other services are the server under test.
import {spawn} from "node:child_process";
import {createRequire} from "node:module";

const dynalite = createRequire(import.meta.url)("dynalite");
const database = dynalite({createTableMs: 0, deleteTableMs: 0, updateTableMs: 0});
await new Promise((resolve) => database.listen(0, "127.0.0.1", resolve));
const [command, ...rest] = process.argv.slice(2);
const env = {...process.env, AWS_ENDPOINT_URL: process.env.STREAMWRIGHT_ENDPOINT,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${database.address().port}`};
spawn(command, rest, {env, stdio: "inherit"}).on("close", (code) => process.exit(code ?? 1));
