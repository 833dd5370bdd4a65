//! The words of the page about the data interface, Chinese and English side by side.

use super::super::words::{Word, words};

words! {
    INTRODUCTION = "台账里的数据可由程序读取：JSON、CSV、Parquet，以及统计数据交换格式 SDMX。接口版本 1：地址和字段只增不减。", "Programs can read what is in the ledger: as JSON, CSV or Parquet, and as SDMX. Version 1 of the interface: addresses and fields are added, none is taken away.";
    EXACT = "数值是文本，一位不差：JSON 的数会被读成二进制浮点数，217000.10 便不再是它自己；原文缺损的数字写作〓，更没有对应的数。", "Values are texts, exact to the last digit: readers of JSON turn numbers into binary floating point, which has no 217000.10; and a digit that the source lost, written 〓, has no number at all.";
    DESCRIPTIONS = "给程序的说明", "Descriptions for programs";
    DESCRIPTION_OPENAPI = "接口说明（OpenAPI 3.1）", "Description of the interface (OpenAPI 3.1)";
    DESCRIPTION_DCAT = "数据目录（DCAT）", "Catalogue of data (DCAT)";
    DESCRIPTION_LIST = "资源列表", "List of resources";
    KEYS = "密钥", "Keys";
    KEYS_OPEN = "本机不登录，读取数据不需要密钥。", "Nobody signs in here, and no key is needed to read data.";
    KEYS_LOCKED = "读取数据需要密钥，由管理员新建；密钥限于所给的范围、地区和期限，随时可撤回。已登录的人可直接在浏览器中打开下面的地址。", "Reading data takes a key, which an administrator makes; it opens the scopes, regions and days that it was given, and can be withdrawn at any time. Who is signed in can open the addresses below in the browser.";
    SAMPLES = "示例", "Samples";
    RESOURCES = "可读取的数据", "What there is to read";
    FORMATS = "格式", "Formats";
    SCOPE = "密钥范围", "Scope of the key";
    PARAMETERS = "参数", "Parameters";
    REQUIRED = "必填", "required";
    SEVERAL = "可多个，以逗号分开", "several, parted by commas";
    TRY = "打开", "Open";
    PROBLEMS = "出错时", "When something goes wrong";
    PROBLEMS_HINT = "错误以 application/problem+json（RFC 9457）说明：哪个参数、现在是什么、应为什么；语言随 Accept-Language。", "Errors come as application/problem+json (RFC 9457): which parameter, what stood there, what was expected; in the language of Accept-Language.";
    PAGING = "列表按“next”给的地址（也在 Link 头里）往下取，直到没有为止。CSV 和 Parquet 一次给全部，至多一百万行。", "Lists go on at the address in “next”, also in the header Link, until there is none. CSV and Parquet give all at once, up to a million rows.";
}
