using System.Globalization;
using Google.Protobuf.Reflection;

namespace MetadataGateway.Nodes;

/// <summary>MLMD's enum values under their own upper-case names. A number that this version does not know is shown as the number.</summary>
internal static class EnumNames
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Names<TEnum>.ByValue.TryGetValue(value, out var name) ? name : Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    public static bool TryParse<TEnum>(string name, out TEnum value)
        where TEnum : struct, Enum =>
        Names<TEnum>.ByName.TryGetValue(name, out value);

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>().ToDictionary(value => value, OriginalName);
        public static readonly Dictionary<string, TEnum> ByName = ByValue.ToDictionary(entry => entry.Value, entry => entry.Key);

        private static string OriginalName(TEnum value) =>
            typeof(TEnum).GetField(value.ToString())!.GetCustomAttributes(typeof(OriginalNameAttribute), false).Cast<OriginalNameAttribute>().Single().Name;
    }
}
