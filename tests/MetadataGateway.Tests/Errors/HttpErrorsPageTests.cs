using Grpc.Core;
using MetadataGateway.Errors;

namespace MetadataGateway.Tests.Errors;

/// <summary>docs/http-errors.md says what the code does.</summary>
public sealed class HttpErrorsPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Docs", "http-errors.md"));

    [Fact]
    public void Page_HasEveryTypeWithStatusAndCode()
    {
        var documented = Rows("| Type |").Select(cells => $"{Words(cells[0]).Single()} {cells[1]} {Words(cells[2]).Single()}");

        Assert.Equal(ProblemType.All.Select(type => $"{type.Name} {type.Status} {type.Code}"), documented);
    }

    [Fact]
    public void Page_HasEveryStatusOfTheStore()
    {
        var documented = Rows("| gRPC status").SelectMany(cells => Words(cells[0]).Select(status => (Status: status, Type: Words(cells[1]).Single())));

        var expected = Enum.GetValues<StatusCode>().Where(status => status != StatusCode.OK)
            .Select(status => (Status: Canonical(status), Type: GrpcStatusMapping.ToProblemType(status).Name));
        Assert.Equal(expected.Order(), documented.Order());
    }

    [Fact]
    public void Page_SaysWhoseTextIsShown()
    {
        var showing = Rows("| gRPC status").Where(cells => cells[2].Contains("MLMD", StringComparison.Ordinal)).SelectMany(cells => Words(cells[0])).Order();

        var expected = Enum.GetValues<StatusCode>().Where(status => status != StatusCode.OK)
            .Where(status => GrpcStatusMapping.PublicDetail(new RpcException(new Status(status, "MLMD's own text"))) == "MLMD's own text").Select(Canonical).Order();
        Assert.Equal(expected, showing);
    }

    private static IEnumerable<string[]> Rows(string heading) => Lines
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Words(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1);

    // InvalidArgument is INVALID_ARGUMENT.
    private static string Canonical(StatusCode status) =>
        string.Concat(status.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
