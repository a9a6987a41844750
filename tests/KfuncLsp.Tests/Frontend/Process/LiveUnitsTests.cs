using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Process;

public sealed class LiveUnitsTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void The_same_file_and_arguments_are_reparsed()
    {
        Parse(2, "a", "a", "a");
        Assert.Equal(["open a", "refresh a", "refresh a", "free a"], _log);
    }

    [Fact]
    public void Other_arguments_are_another_unit()
    {
        using (var units = new LiveUnits(Open, 2))
        {
            units.Parse(new UnitRequest("a", null, ["-O1"]));
            units.Parse(new UnitRequest("a", null, ["-O2"]));
            units.Close("a");
        }

        Assert.Equal(["open a", "open a", "free a", "free a"], _log);
    }

    [Fact]
    public void The_least_recently_used_is_freed_first()
    {
        Parse(2, "a", "b", "a", "c", "a");
        Assert.Equal(["open a", "open b", "refresh a", "free b", "open c", "refresh a", "free c", "free a"], _log);
    }

    [Fact]
    public void A_unit_whose_reparse_fails_is_freed_and_opened_anew()
    {
        using var units = new LiveUnits(Open, 2);
        units.Parse(new UnitRequest("bad", null, []));
        Assert.Throws<InvalidOperationException>(() => units.Parse(new UnitRequest("bad", null, [])));
        units.Parse(new UnitRequest("bad", null, []));
        Assert.Equal(["open bad", "refresh bad", "free bad", "open bad"], _log);
    }

    [Fact]
    public void A_unit_that_was_lost_is_freed_and_opened_anew_at_once()
    {
        using var units = new LiveUnits(Open, 2);
        units.Parse(new UnitRequest("lost", null, []));
        units.Parse(new UnitRequest("lost", null, []));
        Assert.Equal(["open lost", "refresh lost", "free lost", "open lost"], _log);
    }

    private void Parse(int limit, params string[] files)
    {
        using var units = new LiveUnits(Open, limit);
        foreach (var file in files) units.Parse(new UnitRequest(file, null, []));
    }

    private (UnitIr, LiveUnit?) Open(UnitRequest request)
    {
        _log.Add($"open {request.File}");
        var unit = new UnitIr { MainFile = request.File };
        return (unit, new LiveUnit(
            r =>
            {
                _log.Add($"refresh {r.File}");
                return r.File switch { "bad" => throw new InvalidOperationException(), "lost" => null, _ => unit };
            },
            () => _log.Add($"free {request.File}")));
    }
}
