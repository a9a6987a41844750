using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>A member as lowering needs it.</summary>
internal sealed record FieldInfo(StructType Struct, string Name, long BitOffset, CXType ClangType, CType Type, int BitWidth)
{
    /// <summary>The <c>btf_decl_tag</c>s; filled only when the struct is recorded.</summary>
    public EquatableArray<string> DeclTags { get; init; } = [];

    /// <summary>Identifies the member's declaration while the unit lives.</summary>
    public nint Declaration { get; init; }

    public bool IsBitField => BitWidth > 0;

    /// <summary>The member in the IR.</summary>
    public StructField Recorded => _recorded ??= new(Name, BitOffset, Type, BitWidth) { DeclTags = DeclTags };

    private StructField? _recorded;

    /// <summary>Where the storage unit starts: for a bit field the aligned unit of its type, or the nearest place of that size inside the struct.</summary>
    public long StorageOffset
    {
        get
        {
            if (!IsBitField) return BitOffset / 8;
            var unit = Math.Max(8, Type.Size * 8);
            var aligned = BitOffset / unit * unit;
            if (BitOffset + BitWidth <= aligned + unit && aligned + unit <= Struct.ByteSize * 8) return aligned / 8;
            return Math.Max(0, Math.Min(BitOffset / 8, Struct.ByteSize - unit / 8));
        }
    }

    /// <summary>Whether no single access of the declared type covers the bits: a packed bit field.</summary>
    public bool IsSplit => IsBitField
        && (BitOffset - StorageOffset * 8 + BitWidth > Type.Size * 8 || StorageOffset + Type.Size > Struct.ByteSize);

    public BitRange Bits => IsBitField ? new BitRange((int)(BitOffset - StorageOffset * 8), BitWidth) : BitRange.Whole;
}

/// <summary>The structs and unions that the unit touches.</summary>
/// <remarks>
/// A member that is accessed is recorded alone; a struct that the program itself lays out (a local, a global, a map value, a copy) is recorded
/// whole. So a struct of vmlinux.h costs only what is used of it. Who uses what is noted by <see cref="Recorder"/>.
/// </remarks>
internal sealed class StructTable(nint tersePolicy, Func<CXCursor, FileSpan> placeOf)
{
    internal sealed class Entry(StructType type, CXType clangType, CXCursor declaration)
    {
        public readonly StructType Type = type;
        public readonly CXType ClangType = clangType;
        public readonly CXCursor Declaration = declaration;
        public readonly bool IsForward = clang.getCursorDefinition(declaration).IsNull;
        public readonly bool PreservesAccessIndex = Array.Exists(declaration.Attributes(), static a => a.Kind == CXCursorKind.CXCursor_UnexposedAttr);
        public FileSpan? Where;
        public StructUse? Whole;
    }

    private readonly Dictionary<nint, Entry> _byDeclaration = [];
    private readonly Dictionary<string, Entry> _byName = [];
    private readonly Dictionary<nint, FieldInfo> _fields = [];
    private readonly Dictionary<nint, FieldInfo[]> _layouts = [];

    private readonly Dictionary<nint, string> _namesakes = [];

    public TypeLowering Types { private get; set; } = null!;

    public UseRecorder Recorder { private get; set; } = new();

    /// <summary>Whether two structs would bear one name; which of them keeps it hangs on which was met first.</summary>
    public bool IsAmbiguous { get; private set; }

    public StructType TypeOf(CXType record) => EntryOf(record).Type;

    private Entry EntryOf(CXType record)
    {
        var declaration = clang.getTypeDeclaration(record);
        var definition = clang.getCursorDefinition(declaration);
        if (!definition.IsNull) declaration = definition;
        if (_byDeclaration.TryGetValue(declaration.Declaration, out var known)) return known;

        var isUnion = declaration.Kind == CXCursorKind.CXCursor_UnionDecl;
        var name = NameOf(record, declaration);
        // Another function may have one of that name.
        if (!name.Contains('(') && clang.getCursorSemanticParent(declaration).Kind == CXCursorKind.CXCursor_FunctionDecl) Recorder.IsOutward = true;
        if (_byName.ContainsKey(name))
        {
            // Two structs of one name: members of a macro-made pair, or block scopes. The first keeps the name.
            IsAmbiguous = true;
            var n = 2;
            while (_byName.ContainsKey($"{name}(#{n})")) n++;
            name = $"{name}(#{n})";
        }
        var type = new StructType(name, isUnion, Math.Max(0, clang.Type_getSizeOf(record)));
        var entry = new Entry(type, TypeLowering.Canonical(record), declaration);
        _byName[name] = entry;
        return _byDeclaration[declaration.Declaration] = entry;
    }

    private string NameOf(CXType record, CXCursor declaration)
    {
        if (clang.Cursor_isAnonymous(declaration) == 0)
        {
            var spelling = declaration.Spelling();
            if (spelling.Length > 0 && !spelling.Contains('(')) return spelling;
        }
        var printed = TypeLowering.Canonical(record).Spelling();
        if (!printed.Contains('(')) return printed[(printed.LastIndexOf(' ') + 1)..]; // typedef struct { … } name;

        var parent = clang.getCursorSemanticParent(declaration);
        if (parent.Kind is CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl)
            return $"{EntryOf(clang.getCursorType(parent)).Type.Name}::(anon@{Offset(declaration) - Offset(parent)})";
        // Relative to what holds it, so that an edit above changes no name.
        return parent.Kind == CXCursorKind.CXCursor_FunctionDecl
            ? $"{parent.Spelling()}::(anon@{Offset(declaration) - Offset(parent)})"
            : _namesakes.GetValueOrDefault(declaration.Declaration, "(anon)");
    }

    /// <summary>Gives the anonymous struct of a variable, most often a map, a name that hangs on nothing else.</summary>
    public void NameAfter(CXCursor variable)
    {
        var type = TypeLowering.Canonical(clang.getCursorType(variable));
        while (TypeLowering.IsArray(type)) type = TypeLowering.Canonical(clang.getArrayElementType(type));
        if (type.Kind != CXTypeKind.CXType_Record) return;
        var declaration = clang.getTypeDeclaration(type);
        if (clang.Cursor_isAnonymous(declaration) != 0 || declaration.Spelling().Contains('(')) _namesakes.TryAdd(declaration.Declaration, $"(anon of {variable.Spelling()})");
    }

    private static unsafe long Offset(CXCursor cursor)
    {
        uint offset;
        clang.getFileLocation(clang.getRangeStart(clang.getCursorExtent(cursor)), null, null, null, &offset);
        return offset;
    }

    /// <summary>One member, which is recorded as used.</summary>
    public FieldInfo Touch(CXCursor field)
    {
        if (!_fields.TryGetValue(field.Declaration, out var info))
            _fields[field.Declaration] = info = Read(EntryOf(clang.getCursorType(clang.getCursorSemanticParent(field))).Type, field);
        Recorder.Touched.Add(info);
        return info;
    }

    /// <summary>The way from a record to a member of it, anonymous structs and unions in between included; libclang leaves those out.</summary>
    public FieldInfo[]? PathTo(CXType record, CXCursor field)
    {
        var from = EntryOf(TypeLowering.Canonical(record)).Declaration.Declaration;
        var path = new List<FieldInfo>();
        while (true)
        {
            path.Insert(0, Touch(field));
            var holder = clang.getCursorSemanticParent(field);
            var type = clang.getCursorType(holder);
            var declaration = EntryOf(type).Declaration;
            if (declaration.Declaration == from) return [.. path];
            var outer = clang.getCursorSemanticParent(declaration);
            if (outer.Kind is not (CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl)) return null;
            field = MemberOfType(clang.getCursorType(outer), declaration.Declaration);
            if (field.IsNull) return null;
        }
    }

    /// <summary>The unnamed member that an anonymous record is.</summary>
    private CXCursor MemberOfType(CXType outer, nint anonymous)
    {
        if (_anonymousMembers.TryGetValue(anonymous, out var known)) return known;
        foreach (var field in outer.Fields())
        {
            var type = clang.getCursorType(field);
            if (type.Kind is not (CXTypeKind.CXType_Record or CXTypeKind.CXType_Elaborated)) continue;
            if (clang.getTypeDeclaration(type).Declaration == anonymous) return _anonymousMembers[anonymous] = field;
        }
        return _anonymousMembers[anonymous] = default;
    }

    private readonly Dictionary<nint, CXCursor> _anonymousMembers = [];

    /// <summary>All members of a record, in order, without unnamed bit fields.</summary>
    public FieldInfo[] Layout(CXType record)
    {
        var entry = EntryOf(record);
        if (_layouts.TryGetValue(entry.Declaration.Declaration, out var layout)) return layout;
        var fields = new List<FieldInfo>();
        foreach (var field in entry.ClangType.Fields())
        {
            var info = Read(entry.Type, field);
            // Unnamed bit fields, those of width 0 included, are no members: only anonymous records are.
            if (info.Name.Length == 0 && !TypeLowering.IsRecord(info.ClangType)) continue;
            fields.Add(info);
        }
        return _layouts[entry.Declaration.Declaration] = [.. fields];
    }

    private FieldInfo Read(StructType owner, CXCursor field)
    {
        var name = field.Spelling();
        if (name.Contains('(')) name = ""; // "(anonymous struct at …)"
        var type = clang.getCursorType(field);
        var attributes = DeclAttributes.Of(field, tersePolicy);
        return new FieldInfo(
            owner, name, clang.Cursor_getOffsetOfField(field), type, Types.LowerMember(type),
            clang.Cursor_isBitField(field) != 0 ? Math.Max(0, clang.getFieldDeclBitWidth(field)) : 0)
        {
            Declaration = field.Declaration,
            DeclTags = attributes.DeclTags.Count == 0 ? [] : [.. attributes.DeclTags],
        };
    }

    /// <summary>Records a type whole, with the structs that it holds by value.</summary>
    public void Complete(CXType type)
    {
        type = TypeLowering.Canonical(type);
        while (TypeLowering.IsArray(type)) type = TypeLowering.Canonical(clang.getArrayElementType(type));
        if (type.Kind != CXTypeKind.CXType_Record) return;
        if (!Recorder.Completed.Add(EntryOf(type))) return;
        foreach (var field in Layout(type))
            if (field.Type is PointerType { Tags.Count: > 0 }) CompletePointee(field.ClangType);
            else Complete(field.ClangType);
    }

    /// <summary>Records what a kptr points to where the program itself defines that, not the kernel.</summary>
    private void CompletePointee(CXType pointer)
    {
        var pointee = TypeLowering.Canonical(clang.getPointeeType(TypeLowering.Canonical(pointer)));
        if (pointee.Kind == CXTypeKind.CXType_Record && !EntryOf(pointee).PreservesAccessIndex) Complete(pointee);
    }

    /// <summary>The structs that a declaration needs: whole, in part, and of those that it only names the ones that nothing defines.</summary>
    public ImmutableArray<StructUse> UsesOf(UseRecorder recorder)
    {
        var uses = ImmutableArray.CreateBuilder<StructUse>();
        var named = new HashSet<CType>(ReferenceEqualityComparer.Instance);
        var forwards = new HashSet<Entry>(ReferenceEqualityComparer.Instance);
        foreach (var type in recorder.Types) AddForwards(type);
        foreach (var entry in recorder.Completed)
        {
            uses.Add(Whole(entry));
            foreach (var field in Whole(entry).Def.Fields) AddForwards(field.Type);
        }
        foreach (var fields in recorder.Touched.GroupBy(f => f.Struct.Name))
        {
            var entry = _byName[fields.Key];
            if (recorder.Completed.Contains(entry)) continue;
            uses.Add(new(new StructDef(entry.Type, [.. fields.Select(f => f.Recorded)]) { IsComplete = false, PreservesAccessIndex = entry.PreservesAccessIndex }, WhereOf(entry)));
            foreach (var field in fields) AddForwards(field.Type);
        }
        foreach (var entry in forwards)
            if (!recorder.Completed.Contains(entry)) uses.Add(Whole(entry));
        return uses.ToImmutable();

        void AddForwards(CType type)
        {
            if (!named.Add(type)) return;
            switch (type)
            {
                case StructType record when _byName[record.Name] is { IsForward: true } entry: forwards.Add(entry); break;
                case PointerType pointer: AddForwards(pointer.Pointee); break;
                case ArrayType array: AddForwards(array.Element); break;
                case FunctionType function:
                    AddForwards(function.Return);
                    foreach (var parameter in function.Parameters) AddForwards(parameter.Type);
                    break;
            }
        }
    }

    private StructUse Whole(Entry entry) => entry.Whole ??= new(
        new StructDef(entry.Type, [.. Layout(entry.ClangType).Select(f => f.Recorded)])
        {
            IsComplete = !entry.IsForward, IsForward = entry.IsForward, PreservesAccessIndex = entry.PreservesAccessIndex,
        }, WhereOf(entry));

    private FileSpan WhereOf(Entry entry) => entry.Where ??= placeOf(entry.Declaration);
}
