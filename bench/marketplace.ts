import type { ApplicationService } from '@adonisjs/core/types'

const SHOPS_PER_OWNER = 4

/** Fills an empty database with shops that have `perShop` products each. */
export async function seedMarketplace(
  { container }: ApplicationService,
  { products, perShop }: { products: number; perShop: number }
) {
  const { runDemoSeed } = await import('#database/demo/run')
  const { DEMO_PASSWORD } = await import('#database/demo/options')
  const db = await container.make('lucid.db')
  const report = await runDemoSeed(
    { db, hash: await container.make('hash') },
    {
      owners: Math.ceil(products / perShop / SHOPS_PER_OWNER),
      customers: 1,
      shopsPerOwner: SHOPS_PER_OWNER,
      productsPerShop: perShop,
      seed: 1,
      password: DEMO_PASSWORD,
    }
  )
  console.log(`Inserted ${report.products.made} products, ${report.productsPerSecond} a second`)
  for (const name of ['shops', 'products', 'search_names']) {
    await db.rawQuery(`VACUUM ANALYZE ${name}`)
  }
}
