using System.Globalization;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class CreateTimeTests
{
    [Theory]
    [InlineData("2019-12-04T00:44:49.4444110Z", "2019-12-04T00:44:49.444411Z")]
    [InlineData("2019-12-04T00:44:49.1000000Z", "2019-12-04T00:44:49.100000Z")]
    [InlineData("2019-12-04T00:44:49.0000010Z", "2019-12-04T00:44:49.000001Z")]
    [InlineData("2019-12-04T00:44:49.0000009Z", "2019-12-04T00:44:49Z")]
    [InlineData("2019-12-04T00:44:49Z", "2019-12-04T00:44:49Z")]
    [InlineData("2019-12-04T02:44:49.5+02:00", "2019-12-04T00:44:49.500000Z")]
    public void Format_OfATime_IsPythonsTextInUtc(string time, string expected)
    {
        var text = CreateTime.Format(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

        Assert.Equal(expected, text);
    }
}
