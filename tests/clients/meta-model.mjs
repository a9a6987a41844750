// Checks values against the types of the Language Server Protocol's meta model.
import { readFileSync } from 'node:fs';

const isInteger = (value) => Number.isInteger(value) && value >= -(2 ** 31) && value <= 2 ** 31 - 1;
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const byName = (list, key = 'name') => new Map(list.map((item) => [item[key], item]));

export class MetaModel {
  #structures; #enumerations; #aliases; #properties = new Map();

  constructor(path) {
    const model = JSON.parse(readFileSync(path, 'utf8'));
    this.#structures = byName(model.structures);
    this.#enumerations = byName(model.enumerations);
    this.#aliases = byName(model.typeAliases);
    this.requests = byName(model.requests, 'method');
    this.notifications = byName(model.notifications, 'method');
  }

  /** What is wrong with a value, as text; empty where it is of the type. */
  problems(type, value, at) {
    const expected = (what) => [`${at}: expected ${what}, got ${JSON.stringify(value)?.slice(0, 80)}`];
    switch (type.kind) {
      case 'base': return MetaModel.#isBase(type.name, value) ? [] : expected(type.name);
      case 'stringLiteral': case 'integerLiteral': case 'booleanLiteral':
        return value === type.value ? [] : expected(JSON.stringify(type.value));
      case 'array':
        return Array.isArray(value) ? value.flatMap((x, i) => this.problems(type.element, x, `${at}[${i}]`)) : expected('array');
      case 'tuple':
        return Array.isArray(value) && value.length === type.items.length
          ? value.flatMap((x, i) => this.problems(type.items[i], x, `${at}[${i}]`)) : expected('tuple');
      case 'map':
        return isObject(value) ? Object.entries(value).flatMap(([key, x]) => this.problems(type.value, x, `${at}.${key}`)) : expected('map');
      case 'and': return type.items.flatMap((item) => this.problems(item, value, at));
      case 'or': return this.#either(type.items, value, at);
      case 'literal': return this.#fields(byName(type.value.properties), value, at);
      case 'reference': return this.#reference(type.name, value, at, expected);
    }
    return [`${at}: the meta model's kind ${type.kind} is not known here`];
  }

  static #isBase(name, value) {
    switch (name) {
      case 'integer': return isInteger(value);
      case 'uinteger': return isInteger(value) && value >= 0;
      case 'decimal': return typeof value === 'number';
      case 'boolean': return typeof value === 'boolean';
      case 'null': return value === null;
      case 'URI': case 'DocumentUri': return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);
      default: return typeof value === 'string';
    }
  }

  #either(items, value, at) {
    let nearest;
    for (const item of items) {
      const problems = this.problems(item, value, at);
      if (problems.length === 0) return [];
      if (!nearest || problems.length < nearest.length) nearest = problems;
    }
    return nearest;
  }

  #reference(name, value, at, expected) {
    if (name === 'LSPAny') return [];
    if (name === 'LSPObject') return isObject(value) ? [] : expected('object');
    if (name === 'LSPArray') return Array.isArray(value) ? [] : expected('array');
    if (this.#structures.has(name)) return this.#fields(this.#propertiesOf(name), value, `${at}<${name}>`);
    if (this.#aliases.has(name)) return this.problems(this.#aliases.get(name).type, value, at);
    const enumeration = this.#enumerations.get(name);
    if (!enumeration) return [`${at}: unknown type ${name}`];
    const problems = this.problems({ kind: 'base', name: enumeration.type.name }, value, at);
    if (problems.length > 0) return problems;
    return enumeration.supportsCustomValues || enumeration.values.some((x) => x.value === value) ? [] : expected(`enum ${name}`);
  }

  #fields(properties, value, at) {
    if (!isObject(value)) return [`${at}: expected object, got ${JSON.stringify(value)?.slice(0, 80)}`];
    const problems = [];
    for (const [name, property] of properties) {
      if (value[name] !== undefined) problems.push(...this.problems(property.type, value[name], `${at}.${name}`));
      else if (!property.optional) problems.push(`${at}.${name}: required property missing`);
    }
    for (const name of Object.keys(value))
      if (!properties.has(name)) problems.push(`${at}.${name}: not in the meta model`);
    return problems;
  }

  /** A structure's own properties, and those that it extends or mixes in. */
  #propertiesOf(name) {
    if (this.#properties.has(name)) return this.#properties.get(name);
    const structure = this.#structures.get(name), all = new Map();
    for (const type of [...(structure.extends ?? []), ...(structure.mixins ?? [])])
      for (const [key, property] of this.#propertiesOf(type.name)) all.set(key, property);
    for (const property of structure.properties) all.set(property.name, property);
    this.#properties.set(name, all);
    return all;
  }
}
