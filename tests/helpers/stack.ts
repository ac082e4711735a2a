import { NativeStack } from '#infra/native/native_stack'

/** The stack that the suite runs on; see `infra/native/with_stack.ts`. */
export const stack = NativeStack.open()
