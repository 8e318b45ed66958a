import type { VaultDocument } from './vault-document.ts'

type Records = VaultDocument['records']

/** Which records another process changed, and when, counted by the times that such changes were read. */
export class OutsideChanges {
  #count = 0
  readonly #lastSeen = new Map<string, number>()

  /** A moment to ask about later. */
  get now(): number {
    return this.#count
  }

  note(before: Records, after: Records): void {
    this.#count += 1
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(id)?.mac !== after.get(id)?.mac) this.#lastSeen.set(id, this.#count)
    }
  }

  /** True where another process changed, added or removed this record after that moment. */
  since(moment: number, id: string): boolean {
    return (this.#lastSeen.get(id) ?? 0) > moment
  }
}
