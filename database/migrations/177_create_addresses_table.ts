import { BaseSchema } from '@adonisjs/lucid/schema'

const text = (column: string, most: number) =>
  `CONSTRAINT addresses_${column}_form CHECK (
    ${column} = clean_text(${column}) AND char_length(${column}) <= ${most})`

/** Where a person has orders delivered. An order keeps a copy of its own. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE addresses (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        label text,
        line text NOT NULL,
        landmark text,
        city text,
        pin_code text NOT NULL,
        mobile text NOT NULL,
        is_default boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        ${text('label', 40)},
        ${text('line', 150)},
        ${text('landmark', 80)},
        ${text('city', 50)},
        CONSTRAINT addresses_pin_code_form CHECK (pin_code ~ '^[1-9][0-9]{5}$'),
        CONSTRAINT addresses_mobile_form CHECK (mobile ~ '^[6-9][0-9]{9}$')
      );
      CREATE INDEX addresses_user_id_index ON addresses (user_id);
      CREATE UNIQUE INDEX addresses_one_default ON addresses (user_id) WHERE is_default;

      CREATE FUNCTION addresses_announce_belongings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM announce_belongings(ARRAY[OLD.user_id, NEW.user_id], '{}');
        RETURN NULL;
      END $$;
      CREATE TRIGGER addresses_announce_belongings AFTER INSERT OR UPDATE OR DELETE ON addresses
        FOR EACH ROW EXECUTE FUNCTION addresses_announce_belongings();
      CREATE TRIGGER addresses_announce_all_belongings AFTER TRUNCATE ON addresses
        EXECUTE FUNCTION announce_all_belongings();
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE addresses; DROP FUNCTION addresses_announce_belongings()')
  }
}
