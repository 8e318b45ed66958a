import { act, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import type { Snapshot } from '../../main/contract/views.ts'
import { ApiProvider } from '../../renderer/app/api.ts'
import { ConfirmUserProvider } from '../../renderer/app/confirm-user/confirm-user-provider.tsx'
import { DeskProvider } from '../../renderer/app/desk-provider.tsx'
import { type Navigation, type Place, useNavigation } from '../../renderer/app/navigation.ts'
import { NavigationProvider } from '../../renderer/app/navigation-provider.tsx'
import { ToastProvider, ToastRegion } from '../../renderer/parts/toast.tsx'
import { createFakeApi, type FakeApi, type Overrides } from './fake-api.ts'
import { sampleSnapshot } from './sample-snapshot.ts'

interface RenderOptions {
  readonly snapshot?: Snapshot
  readonly overrides?: Overrides
  readonly start?: Partial<Place>
}

export interface RenderedView {
  readonly api: FakeApi
  readonly user: ReturnType<typeof userEvent.setup>
  /** Where the page is now. */
  readonly place: () => Navigation
  readonly container: HTMLElement
}

function Watch({ onPlace }: { readonly onPlace: (place: Navigation) => void }) {
  onPlace(useNavigation())
  return null
}

/** Renders one view with everything it stands on, after `desk/load` was answered. */
export async function renderView(
  view: ReactNode,
  { snapshot = sampleSnapshot(6), overrides = {}, start = {} }: RenderOptions = {},
): Promise<RenderedView> {
  const api = createFakeApi(overrides, snapshot)
  const user = userEvent.setup()
  let place = null as Navigation | null
  const { container } = await act(async () =>
    render(
      <ApiProvider value={api}>
        <NavigationProvider start={start}>
          <ToastProvider>
            <DeskProvider>
              <Watch
                onPlace={(now) => {
                  place = now
                }}
              />
              <ConfirmUserProvider>{view}</ConfirmUserProvider>
            </DeskProvider>
            <ToastRegion />
          </ToastProvider>
        </NavigationProvider>
      </ApiProvider>,
    ),
  )
  return {
    api,
    user,
    container,
    place: () => {
      if (!place) throw new Error('The desk was not loaded')
      return place
    },
  }
}
