import { Client } from '@elastic/elasticsearch'
import type { ProductHit } from '#search/search_engine'

const INDEX = 'kirana-golden'

/**
 * The query of the original system, on a separate index without language analysis: `name^3, shop_name^2,
 * shop_city`, most_fields, fuzziness AUTO.
 */
export class SeedQuery {
  #client: Client

  constructor(node: string) {
    this.#client = new Client({ node })
  }

  async fill(products: Pick<ProductHit, 'id' | 'name' | 'shopName' | 'shopCity'>[]) {
    await this.remove()
    await this.#client.indices.create({ index: INDEX, settings: { number_of_replicas: 0 } })
    const operations = products.flatMap(({ id, name, shopName, shopCity }) => [
      { index: { _index: INDEX, _id: id } },
      { name, shop_name: shopName, shop_city: shopCity },
    ])
    await this.#client.bulk({ operations, refresh: true })
  }

  async names(q: string): Promise<string[]> {
    const { hits } = await this.#client.search<{ name: string }>({
      index: INDEX,
      size: 50,
      query: {
        bool: {
          must: [
            {
              multi_match: {
                query: q,
                fields: ['name^3', 'shop_name^2', 'shop_city'],
                type: 'most_fields',
                fuzziness: 'AUTO',
              },
            },
          ],
        },
      },
    })
    return hits.hits.map(({ _source }) => _source!.name)
  }

  async remove() {
    await this.#client.indices.delete({ index: INDEX }, { ignore: [404] })
  }
}
