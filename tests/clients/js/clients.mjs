// SPDX-License-Identifier: GPL-3.0-or-later
// What the scripts share: clients with the SDK's own defaults, and waiting.
import {after} from "node:test";

export const endpoint = process.env.STREAMWRIGHT_ENDPOINT;
export const settings = {endpoint, region: "us-east-1", credentials: {accessKeyId: "test", secretAccessKey: "test"}};
// Some programs keep connections and timers: what is left a while after the last test is not waited for.
after(() => setTimeout(() => process.exit(), 1000).unref());

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The first true answer of condition.
export async function until(condition, seconds = 15) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) {
        const answer = await condition();
        if (answer) return answer;
    }
    throw new Error("waited in vain");
}
