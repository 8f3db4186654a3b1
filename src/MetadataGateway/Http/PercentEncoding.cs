using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MetadataGateway.Http;

/// <summary>
/// Percent-decoding that notices what is no encoding. <see cref="Uri.UnescapeDataString(string)"/> leaves <c>%zz</c> and <c>%ff</c> as they are,
/// and a name of those very characters would be taken for what the client meant.
/// </summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public const string Fault = "is not percent-encoded UTF-8.";

    /// <summary>Decodes once; false for an escape without two hex digits, and for bytes that are not UTF-8.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = text;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        decoded = null;
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        try
        {
            decoded = StrictUtf8.GetString(Bytes(text));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                // The target of a request is ASCII: Kestrel refuses others.
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }
}
