import type { ScreenGuard } from '../../main/platform/screen-guard.ts'

/** A screen guard that says whether the window can be seen in screenshots. */
export interface FakeScreen extends ScreenGuard {
  readonly isHidden: boolean
}

export function createFakeScreen(): FakeScreen {
  let isHidden = false
  return {
    isEffective: true,
    get isHidden() {
      return isHidden
    },
    hide() {
      isHidden = true
    },
    show() {
      isHidden = false
    },
  }
}
