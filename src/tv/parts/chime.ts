/** One soft note, made by the web view itself: a sound check needs no file. */
const NOTE_HZ = 660;
const NOTE_S = 0.6;
/** Well below a film's loudness: nobody is to be startled. */
const LOUDNESS = 0.15;

export function chime(): void {
  const Context = window.AudioContext;
  // A web view that cannot make sounds still shows everything.
  if (Context === undefined) return;
  const audio = new Context();
  const note = audio.createOscillator();
  const gain = audio.createGain();
  note.frequency.value = NOTE_HZ;
  gain.gain.setValueAtTime(LOUDNESS, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + NOTE_S);
  note.connect(gain).connect(audio.destination);
  note.onended = () => void audio.close();
  note.start();
  note.stop(audio.currentTime + NOTE_S);
}
