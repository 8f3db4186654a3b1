using Google.Protobuf.WellKnownTypes;
using MetadataGateway.Properties;

namespace MetadataGateway.Tests.Properties;

public sealed class StructOrderTests
{
    [Fact]
    public void Write_OfStructsThatDifferInOrderOnly_IsTheSame()
    {
        var inner = new[] { ("z", 1.0), ("B", 2.0), ("a", 3.0) };
        var forward = Struct(inner);
        var backward = Struct(inner.Reverse());

        var written = new[] { forward, backward }
            .Select(value => PropertyValueWriter.Write(new MlMetadata.Value { StructValue = new Struct { Fields = { ["s"] = value } } })!.ToJsonString());

        Assert.Equal(["""{"s":{"B":2,"a":3,"z":1}}""", """{"s":{"B":2,"a":3,"z":1}}"""], written);
    }

    private static Value Struct(IEnumerable<(string Name, double Number)> members) =>
        Value.ForStruct(new Struct { Fields = { members.ToDictionary(member => member.Name, member => Value.ForNumber(member.Number)) } });
}
