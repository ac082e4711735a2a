import { buildStandIns } from './stand_in_images.ts'

/** Makes the images of stand_ins.yml. */
try {
  await buildStandIns((message) => console.log(message))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
