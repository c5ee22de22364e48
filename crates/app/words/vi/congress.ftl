congress-late = Quá hạn
congress-overdue = Quá ngày dự kiến
congress-state-expected = Chưa có lịch
congress-state-postponed = Đã hoãn
congress-state-dated = Đã có lịch
congress-state-prepared = Đã chuẩn bị xong
congress-state-reviewed = Đã duyệt
congress-state-held = Đã đại hội
congress-state-reported = Đã báo cáo, chờ xác nhận
congress-state-returned = Báo cáo bị trả lại
congress-state-confirmed = Đã xác nhận
congress-state-ratified = Đã chuẩn y
congress-state-cancelled = Không tổ chức
congress-state-handed-over = Đã bàn giao
congress-report-title = Báo cáo nhanh đại hội { $unit }
congress-report-thanks = Cảm ơn đồng chí. Cấp trên sẽ xác nhận báo cáo này.
congress-report-standing = Báo cáo đã gửi
congress-report-change = Cần sửa số liệu? Đề nghị cấp trên trả lại báo cáo rồi gửi lại.
congress-report-returned = Báo cáo bị trả lại:
congress-report-ended = Đơn vị này không phải báo cáo: { $state }.
congress-report-blank = Không bầu thì để trống.
congress-report-send = Gửi báo cáo
congress-not-saved = Chưa lưu được: có chỗ cần sửa
congress-held-on = Ngày đại hội
congress-first-day = Từ ngày
congress-last-day = Đến ngày
congress-convened = Được triệu tập
congress-attended = Có mặt
congress-present = Có mặt/triệu tập
congress-elected-committee = Cấp ủy viên được bầu
congress-elected-secretary = Đã bầu bí thư
congress-elected-deputies = Phó bí thư được bầu
congress-elected-delegates = Đại biểu được bầu
congress-opinions = Ý kiến góp ý
congress-difficulties = Khó khăn, vướng mắc
congress-difficulties-hint = Không có thì để trống
congress-yes = Có
congress-no = Chưa
congress-reported-by = Người báo cáo
congress-confirmed-by = Người xác nhận
problem-e-con-01 = Không làm được lúc này: { $state ->
    [expected] đại hội chưa có lịch
    [postponed] đại hội đang hoãn, chưa có ngày mới
    [dated] đại hội mới có lịch
    [prepared] đại hội đã chuẩn bị xong, chưa họp
    [reviewed] đại hội đã được duyệt, chưa họp
    [held] đại hội đã họp, chưa báo cáo
    [reported] báo cáo đang chờ cấp trên xác nhận
    [returned] báo cáo đã bị trả lại
    [confirmed] báo cáo đã được xác nhận
    [ratified] kết quả đã được chuẩn y
    [cancelled] đại hội này không tổ chức
   *[handed_over] đại hội đã bàn giao cho đơn vị khác
  }. Hãy tải lại trang để xem việc nào làm được.
problem-e-con-02 = Đã có báo cáo: đại hội họp ngày { $held }. Muốn sửa, đề nghị cấp trên trả lại báo cáo đó trước.
problem-e-con-03 = Ngày kết thúc trước ngày khai mạc. Hãy kiểm tra lại hai ngày.
problem-e-con-04 = Ngày { $held } chưa đến (hôm nay { $today }). Chỉ báo cáo đại hội đã họp.
problem-e-con-05 = Có mặt { $present } nhiều hơn được triệu tập { $convened }. Hãy kiểm tra lại hai số.
problem-e-con-06 = Số người được bầu không khớp: bí thư và phó bí thư tính trong cấp ủy, và không ai được bầu ngoài số được triệu tập.
problem-e-con-07 = Đại hội này không có nội dung bầu cử ấy, nên không ghi người được bầu. Nếu có bầu, đề nghị cấp trên sửa nội dung đại hội trước.
problem-e-con-08 = Cần ghi lý do.
problem-e-con-09 = Đơn vị có dưới { $bound } đảng viên nên họp đại hội đảng viên. Muốn họp đại hội đại biểu, cần ghi nhận đồng ý của cấp trên.
problem-e-con-10 = Đơn vị có từ { $bound } đảng viên trở lên nên họp đại hội đại biểu, không họp đại hội đảng viên.
problem-e-con-14 = { $unit } không tổ chức đại hội trong kỳ này.
problem-e-con-17 = Ngày { $held } đã quá một năm. Hãy kiểm tra lại năm.
problem-e-con-18 = Hãy ghi một số nguyên từ 0 đến 1000000, chỉ dùng chữ số.
problem-e-con-19 = Chỗ này cần điền.
