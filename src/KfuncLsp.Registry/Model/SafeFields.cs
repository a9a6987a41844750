using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>What walking to a listed field gives.</summary>
public enum FieldTrust : byte { None, Trusted, TrustedOrNull, Rcu, RcuOrNull }

/// <summary>The kernel's <c>BTF_TYPE_SAFE_*</c> lists.</summary>
public sealed class SafeFields(ImmutableDictionary<(string Struct, string Field), FieldTrust> entries)
{
    public static readonly SafeFields None = new(ImmutableDictionary<(string, string), FieldTrust>.Empty);

    public FieldTrust this[string structName, string field] => entries.GetValueOrDefault((structName, field), FieldTrust.None);

    public IEnumerable<KeyValuePair<(string Struct, string Field), FieldTrust>> All => entries;
}
