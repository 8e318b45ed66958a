import type { Api } from '../../main/contract/api.ts'
import { ToastProvider, ToastRegion } from '../parts/toast.tsx'
import { ApiProvider } from './api.ts'
import { DeskProvider } from './desk-provider.tsx'
import { Gate } from './gate.tsx'
import type { Place } from './navigation.ts'
import { NavigationProvider } from './navigation-provider.tsx'

interface AppProps {
  readonly api: Api
  readonly start?: Partial<Place> | undefined
}

/** The whole page. */
export function App({ api, start }: AppProps) {
  return (
    <ApiProvider value={api}>
      <NavigationProvider start={start}>
        <ToastProvider>
          <DeskProvider>
            <Gate />
          </DeskProvider>
          <ToastRegion />
        </ToastProvider>
      </NavigationProvider>
    </ApiProvider>
  )
}
