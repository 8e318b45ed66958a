import type { RefObject } from 'react'
import type { EnvFileView } from '../../../main/contract/views.ts'
import { Button } from '../../parts/button.tsx'
import { type ControlProps, FieldFrame } from '../../parts/field-frame.tsx'
import type { WritePreviewing } from './use-write-preview.ts'

interface FileFieldProps extends Pick<WritePreviewing, 'files' | 'file' | 'setFile'> {
  readonly isChoosing: boolean
  readonly onChoose: () => void
  readonly isDisabled: boolean
  readonly chooseButton: RefObject<HTMLButtonElement | null>
}

/** The file: one of those used before, or another by the system's dialog. */
export function FileField(props: FileFieldProps) {
  return (
    <div className="file-field">
      <FieldFrame label="File">
        {(control) =>
          props.files.length > 1 ? (
            <RecentFiles {...props} control={control} />
          ) : (
            <input
              {...control}
              className="field-input"
              readOnly
              value={props.file ? nameOf(props.file) : ''}
              placeholder="None chosen yet"
              title={props.file?.displayPath}
            />
          )
        }
      </FieldFrame>
      <Button
        ref={props.chooseButton}
        autoFocus
        isDisabled={props.isDisabled}
        busyLabel={props.isChoosing ? 'Choosing…' : undefined}
        onPress={props.onChoose}
      >
        Choose…
      </Button>
    </div>
  )
}

function RecentFiles(props: FileFieldProps & { readonly control: ControlProps }) {
  const { files, file, setFile, control } = props
  return (
    <select
      {...control}
      className="field-input"
      value={file?.id}
      disabled={props.isDisabled}
      onChange={(event) => {
        const next = files.find(({ id }) => id === event.target.value)
        if (next) setFile(next)
      }}
    >
      {files.map((one) => (
        <option key={one.id} value={one.id}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  )
}

function nameOf({ displayPath, exists }: EnvFileView): string {
  return exists ? displayPath : `${displayPath} (new file)`
}
