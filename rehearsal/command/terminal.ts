import type { Progress } from "../engine";

/** How often a line of progress appears where lines cannot be replaced. */
const interval = 15_000;

/** Shows progress on standard error: one line that is replaced on a terminal, a line now and then anywhere else. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): { progress: Progress; done: () => void } {
    let shown = false;
    let last = 0;
    let lastText = "";
    const done = (): void => {
        if (shown && stream.isTTY) {
            stream.write("\r\u001b[K");
        }
        shown = false;
    };
    const progress: Progress = (doing) => {
        const what = doing.replace(/[\d, ]+(s|min \d+ s)$/, "");
        if (stream.isTTY) {
            stream.write(`\r\u001b[K${doing.slice(0, (stream.columns || 80) - 1)}`);
            shown = true;
        } else if (Date.now() - last >= interval || (lastText === "" && what !== lastText)) {
            stream.write(`${doing}\n`);
            last = Date.now();
        }
        lastText = what;
    };
    return { progress, done };
}
