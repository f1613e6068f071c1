/** `lesson samples`. */
import type { SamplesProgress } from "../../console/supply/samples/make-samples.ts";
import { sayingErrors } from "./say-error.ts";

const STEPS: Readonly<Record<SamplesProgress["what"], string>> = {
  film: "画片子",
  pack: "打包",
  done: "做好了",
};

export function samplesCommand(outDir: string): Promise<void> {
  return sayingErrors(async () => {
    // Drawing needs packages that only a developer's machine has.
    const { makeSamples } = await import("../../console/supply/samples/make-samples.ts");
    const onProgress = ({ lesson, what }: SamplesProgress) =>
      void process.stderr.write(`《${lesson}》${STEPS[what]}\n`);
    await makeSamples({ outDir, onProgress });
    process.stdout.write(`示范课件在 ${outDir}。\n`);
  });
}
