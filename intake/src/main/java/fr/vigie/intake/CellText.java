package fr.vigie.intake;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/** The numbers of a workbook as the text that stands for them in a CSV file: a date is a number with the format of a date. */
final class CellText {

    /** A spreadsheet holds fifteen digits: those of a longer number are lost. */
    private static final MathContext HELD = new MathContext(15);

    private static final double LONGEST_WHOLE = 1e15;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern ZEROS = Pattern.compile("0{2,}");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]");
    private static final Pattern ELAPSED = Pattern.compile("(?i)\\[(?:h+|m+|s+)\\]");

    private final List<Workbook.Format> formats;
    private final boolean startsIn1904;

    CellText(Workbook workbook) {
        this.formats = workbook.formats();
        this.startsIn1904 = workbook.startsIn1904();
    }

    /** @param style place of its format; a cell whose style is not known is a plain number */
    String number(String written, int style) {
        if (written.isBlank()) {
            return "";
        }
        double number = Double.parseDouble(written.strip());
        Workbook.Format format = style < formats.size() ? formats.get(style) : new Workbook.Format(0, "General");
        if (DateUtil.isADateFormat(format.number(), format.text())
                && DateUtil.isValidExcelDate(number)
                && !ELAPSED.matcher(format.text()).find()) {
            return date(number, format.text());
        }
        if (Math.abs(number) >= LONGEST_WHOLE) {
            return String.format(Locale.ROOT, "%.14E", number);
        }
        BigDecimal held = new BigDecimal(number).round(HELD);
        if (format.text().indexOf('%') >= 0) {
            return plain(held.movePointRight(2)) + "%";
        }
        String text = plain(held);
        boolean isPadded = ZEROS.matcher(format.text()).matches() && text.indexOf('.') < 0 && number >= 0;
        return isPadded && text.length() < format.text().length()
                ? "0".repeat(format.text().length() - text.length()) + text
                : text;
    }

    /** A day, an hour, or both: what the number holds, and the midnight that the format shows. */
    private String date(double number, String format) {
        LocalDateTime moment = DateUtil.getLocalDateTime(number, startsIn1904, true);
        LocalTime time = moment.toLocalTime();
        if (number < 1) {
            return TIME.format(time);
        }
        boolean showsHours =
                QUOTED.matcher(format).replaceAll("").toLowerCase(Locale.ROOT).indexOf('h') >= 0;
        return time.equals(LocalTime.MIDNIGHT) && !showsHours
                ? moment.toLocalDate().toString()
                : moment.toLocalDate() + "T" + TIME.format(time);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
