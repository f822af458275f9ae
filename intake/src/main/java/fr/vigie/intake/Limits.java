package fr.vigie.intake;

/**
 * What a file may weigh before it is taken for an attack or an accident.
 *
 * @param fileBytes uncompressed size of one file
 * @param totalBytes uncompressed size of all the entries of one zip
 * @param ratio uncompressed over compressed size; deflate cannot exceed about 1 032, real exports stay under 60
 * @param ratioFromBytes uncompressed size under which the ratio is not looked at: a small repetitive file is harmless
 * @param entries entries of one zip
 */
record Limits(long fileBytes, long totalBytes, int ratio, long ratioFromBytes, int entries) {

    static final Limits DEFAULT = new Limits(16L << 30, 32L << 30, 200, 32L << 20, 10_000);
}
