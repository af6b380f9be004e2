// The chime and the clips of the voice pack; silent until the browser allows sound.

import { chime } from "./chime.js";

const Context = window.AudioContext || window.webkitAudioContext;
const context = Context ? new Context() : null;
const clips = {};
const playing = [];

// Seconds. Source: SCREENS 1.4: 0.3 s after the chime; ECO 11: 60 ms between clips.
const PAUSE_S = 0.3;
const GAP_S = 0.06;

export function isSilent() {
  return !context || context.state !== "running";
}

// Asks the browser for sound again, after a touch.
export function wake() { if (context && isSilent()) { context.resume(); } }

// Ends what is being said.
export function hush() { playing.splice(0).forEach(function (sound) { sound.stop(); }); }

export function load(names) {
  names.forEach(async function (name) {
    const answer = await fetch("/voice/" + name + ".wav").catch(function () { return null; });
    if (!context || !answer || !answer.ok) { return; }
    context.decodeAudioData(await answer.arrayBuffer(), function (clip) { clips[name] = clip; });
  });
}

// Starts chime and words; says how long they take. A word without a clip leaves the chime alone.
export function play(words, recall) {
  if (isSilent()) { return 0; }
  hush();
  let at = context.currentTime + 0.02;
  at = chime(context, at, recall, playing);
  if (words.every(function (word) { return clips[word]; })) {
    at += PAUSE_S;
    words.forEach(function (word) {
      const voice = context.createBufferSource();
      voice.buffer = clips[word];
      voice.connect(context.destination);
      playing.push(voice);
      voice.start(at);
      at += clips[word].duration + GAP_S;
    });
  }
  return at - context.currentTime;
}
