/** Takes vitest's place where the rooms' fixture runs in a process of its own: who starts, closes. */
export function onTestFinished(): void {}
